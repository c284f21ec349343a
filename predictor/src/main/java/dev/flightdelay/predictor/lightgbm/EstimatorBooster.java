package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** The Booster of an estimator of the scikit-learn interface. */
final class EstimatorBooster {

  private EstimatorBooster() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is for other features than
   *     the estimator, or if the estimator has parameters by which it stops in the middle of a
   *     prediction
   */
  static Booster read(Attributes attributes) {
    // Set in the estimator it holds for its predictions from LightGBM 4 on, and not before.
    if (attributes.value("pred_early_stop").filter(value -> !value.equals(false)).isPresent()) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "pred_early_stop is set, and predictions that stop early are not served; set it to"
              + " False");
    }
    Booster booster = Booster.read(attributes.object("_Booster"));
    attributes
        .integer("_n_features")
        .filter(count -> count != booster.features().count())
        .ifPresent(
            count -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "_n_features is %d, and the model is for %d features"
                      .formatted(count, booster.features().count()));
            });
    return booster;
  }
}
