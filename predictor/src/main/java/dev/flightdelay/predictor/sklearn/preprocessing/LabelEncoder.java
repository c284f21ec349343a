package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;

/** LabelEncoder: the position of a label in {@code classes_}; it takes one column of labels. */
record LabelEncoder(Features features, Categories classes) implements Transformer {

  static Transformer read(Attributes attributes) {
    Categories classes = Categories.ofLabels(attributes);
    return new LabelEncoder(
        Categories.features(attributes, new Categories[] {classes}, true), classes);
  }

  @Override
  public int width() {
    return 1;
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
    double[] out = new double[rows.count()];
    for (int row = 0; row < out.length; row++) {
      int position = classes.indexOf(rows, row, 0);
      if (position < 0) {
        throw Categories.unknown(rows, row, 0);
      }
      out[row] = position;
    }
    return new Rows(out, out.length, 1);
  }
}
