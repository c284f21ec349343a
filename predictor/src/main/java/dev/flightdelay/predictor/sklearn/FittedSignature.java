package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Signature;

/** The signature of a fitted estimator: what it takes and gives, and who wrote it. */
public final class FittedSignature {

  private FittedSignature() {}

  /** Begins it with what scikit-learn's files say in the same way of every estimator. */
  public static Signature.Builder of(Attributes attributes, Features features) {
    return Signature.of(
        attributes.estimator(),
        SklearnVersion.library(attributes),
        SklearnVersion.of(attributes),
        features);
  }
}
