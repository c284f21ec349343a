package dev.flightdelay.predictor.sklearn.search;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;

/** A search for parameters answers as {@code best_estimator_} does, which it was refitted with. */
final class BestEstimator {

  private BestEstimator() {}

  static Model read(Attributes attributes) {
    return attributes.modelOrTransformer("best_estimator_");
  }
}
