package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import java.util.Arrays;

/**
 * LabelBinarizer: a column for each label, {@code positive} in the one that is there; one column
 * alone, for the second, where there are two. It takes one column of labels, and one that it does
 * not know is none of them.
 */
record LabelBinarizer(Features features, Categories classes, double negative, double positive)
    implements Transformer {

  static Transformer read(Attributes attributes) {
    String kind = attributes.text("y_type_").orElse("");
    if (kind.startsWith("multilabel")) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "it was fitted with several labels a row, which stay as they are");
    }
    Categories classes = Categories.ofLabels(attributes);
    return new LabelBinarizer(
        Categories.features(attributes, new Categories[] {classes}, false),
        classes,
        number(attributes, "neg_label"),
        number(attributes, "pos_label"));
  }

  private static double number(Attributes attributes, String name) {
    double[] number = attributes.reals(name);
    if (number.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is not one number");
    }
    return number[0];
  }

  @Override
  public int width() {
    return classes.size() <= 2 ? 1 : classes.size();
  }

  @Override
  public boolean acceptsMissing() {
    return classes.missing() >= 0;
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Rows transform(Rows rows) {
    int width = width();
    double[] out = new double[rows.count() * width];
    Arrays.fill(out, negative);
    for (int row = 0; row < rows.count(); row++) {
      int position = classes.indexOf(rows, row, 0);
      if (width > 1 && position >= 0) {
        out[row * width + position] = positive;
      } else if (width == 1 && position == 1) {
        out[row] = positive;
      }
    }
    return new Rows(out, rows.count(), width);
  }
}
