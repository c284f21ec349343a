package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** {@code estimator_weights_}: one for each estimator, and zeros where fitting stopped early. */
final class AdaBoostWeights {

  private AdaBoostWeights() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there are too few
   */
  static double[] read(Attributes attributes, int estimators) {
    double[] weights = attributes.reals("estimator_weights_");
    if (weights.length < estimators) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "estimator_weights_ has %d numbers for %d estimators"
              .formatted(weights.length, estimators));
    }
    return weights;
  }
}
