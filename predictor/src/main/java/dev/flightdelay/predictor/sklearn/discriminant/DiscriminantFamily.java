package dev.flightdelay.predictor.sklearn.discriminant;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code discriminant_analysis}. */
public final class DiscriminantFamily {

  private static final String MODULE = "sklearn.discriminant_analysis";

  public static final Family FAMILY =
      Family.builder()
          .model(LinearDiscriminantAnalysis::read, "LinearDiscriminantAnalysis", MODULE)
          .model(QuadraticDiscriminantAnalysis::read, "QuadraticDiscriminantAnalysis", MODULE)
          .build();

  private DiscriminantFamily() {}
}
