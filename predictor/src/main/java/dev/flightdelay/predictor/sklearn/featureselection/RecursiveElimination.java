package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.sklearn.pipeline.Pipeline;

/** RFE and RFECV that predict: what {@code estimator_} says of the columns that are left. */
final class RecursiveElimination {

  private RecursiveElimination() {}

  static Model read(Attributes attributes) {
    return Pipeline.behind(
        attributes, Selectors.support(attributes), attributes.model("estimator_"), "estimator_");
  }
}
