package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.List;
import java.util.Optional;

/** TargetEncoder: what the target was on average for a category, for each class where several. */
record TargetEncoder(
    Features features, Categories[] categories, double[][] encodings, double[] means)
    implements Transformer {

  /** Reads {@code encodings_} (columns times classes) and {@code target_mean_}. */
  static Transformer read(Attributes attributes) {
    Categories[] categories = Categories.read(attributes);
    double[] means = attributes.reals("target_mean_");
    int[][] infrequent = Infrequent.read(attributes, categories, false);
    List<Object> arrays = attributes.list("encodings_");
    if (means.length < 1 || arrays.size() != (long) categories.length * means.length) {
      throw attributes.invalid(Reason.MODEL_INVALID, "encodings_ and categories_ disagree");
    }
    double[][] encodings = new double[arrays.size()][];
    for (int e = 0; e < encodings.length; e++) {
      if (!(arrays.get(e) instanceof NdArray array) || !array.isBuilt()) {
        throw attributes.invalid(Reason.STATE_INVALID, "encodings_ is not made of arrays");
      }
      encodings[e] = attributes.orInvalid("encodings_", array::reals);
      if (encodings[e].length != categories[e / means.length].size()
          || infrequent[e / means.length] != null) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "encodings_ is not one number for each category");
      }
      for (double number : encodings[e]) {
        if (!Double.isFinite(number)) {
          throw attributes.invalid(Reason.MODEL_INVALID, "encodings_ holds " + number);
        }
      }
    }
    return new TargetEncoder(
        Categories.features(attributes, categories, false), categories, encodings, means);
  }

  @Override
  public int width() {
    return encodings.length;
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(categories.length, means.length);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = encodings.length;
    int classes = means.length;
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < categories.length; j++) {
        int category = categories[j].indexOf(rows, row, j);
        for (int k = 0; k < classes; k++) {
          int e = j * classes + k;
          out[row * width + e] = category < 0 ? means[k] : encodings[e][category];
        }
      }
    }
    return new Rows(out, rows.count(), width);
  }
}
