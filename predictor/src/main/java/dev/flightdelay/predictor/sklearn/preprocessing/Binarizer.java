package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;

/** Binarizer: 1 above the threshold, else 0. */
final class Binarizer {

  private Binarizer() {}

  static Transformer read(Attributes attributes) {
    double[] threshold = attributes.reals("threshold");
    if (threshold.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "threshold is not one number");
    }
    return Scalers.columns(
        attributes,
        Width.read(attributes, "n_features_in_"),
        false,
        (x, j) -> x > threshold[0] ? 1 : 0);
  }
}
