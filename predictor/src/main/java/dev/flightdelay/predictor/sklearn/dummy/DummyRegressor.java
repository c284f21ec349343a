package dev.flightdelay.predictor.sklearn.dummy;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;

/** DummyRegressor: the same answer for every row. */
final class DummyRegressor implements Model {

  private static final int MAX_FEATURES = 1_000_000;

  private final Signature signature;
  private final double[] constant;

  private DummyRegressor(Signature signature, double[] constant) {
    this.signature = signature;
    this.constant = constant;
  }

  static Model read(Attributes attributes) {
    double[] constant = attributes.reals("constant_");
    if (constant.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "constant_ is empty");
    }
    return new DummyRegressor(
        FittedSignature.of(attributes, FeatureNames.read(attributes, width(attributes)))
            .outputs(constant.length)
            .acceptsMissing(true)
            .build(),
        constant);
  }

  /** Not every version kept how many features a row has, and nothing else tells it. */
  static int width(Attributes attributes) {
    long width =
        attributes
            .integer("n_features_in_")
            .or(() -> attributes.givenWidth().stream().mapToObj(given -> (long) given).findFirst())
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.UNSUPPORTED,
                        "it does not say how many features a row has; fit it with a newer"
                            + " scikit-learn"));
    if (width < 1 || width > MAX_FEATURES) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is " + width);
    }
    return (int) width;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      System.arraycopy(constant, 0, scores.values(), row * constant.length, constant.length);
    }
  }
}
