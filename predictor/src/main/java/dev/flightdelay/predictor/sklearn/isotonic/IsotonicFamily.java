package dev.flightdelay.predictor.sklearn.isotonic;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code isotonic}. */
public final class IsotonicFamily {

  public static final Family FAMILY =
      Family.builder()
          .model(IsotonicRegression::read, "IsotonicRegression", "sklearn.isotonic")
          .build();

  private IsotonicFamily() {}
}
