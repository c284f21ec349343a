package dev.flightdelay.predictor.sklearn.search;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** A search for parameters answers as {@code best_estimator_} does, which it was refitted with. */
final class BestEstimator {

  private BestEstimator() {}

  static Model read(Attributes attributes) {
    if (!attributes.flag("refit", true)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "refit is False, and without it a search predicts nothing");
    }
    return attributes.modelOrTransformer("best_estimator_");
  }
}
