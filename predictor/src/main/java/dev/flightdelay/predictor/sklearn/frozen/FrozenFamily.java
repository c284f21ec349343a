package dev.flightdelay.predictor.sklearn.frozen;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code frozen}. */
public final class FrozenFamily {

  public static final Family FAMILY =
      Family.builder()
          .modelOrTransformer(
              attributes -> attributes.modelOrTransformer(FrozenEstimator.ESTIMATOR),
              attributes ->
                  attributes.transformer(
                      attributes.value(FrozenEstimator.ESTIMATOR).orElse(null),
                      FrozenEstimator.NAME),
              FrozenEstimator.NAME,
              "sklearn.frozen._frozen")
          .since("1.6", FrozenEstimator.NAME)
          .build();

  private FrozenFamily() {}
}
