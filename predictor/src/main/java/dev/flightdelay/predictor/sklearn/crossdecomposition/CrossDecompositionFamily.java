package dev.flightdelay.predictor.sklearn.crossdecomposition;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code cross_decomposition}. */
public final class CrossDecompositionFamily {

  private static final String PACKAGE = "sklearn.cross_decomposition.";

  public static final Family FAMILY =
      Family.builder()
          .modelOrTransformer(
              PLSRegression::read,
              PLSRegression::readTransformer,
              "PLSRegression",
              PACKAGE + "_pls",
              PACKAGE + "pls_")
          .build();

  private CrossDecompositionFamily() {}
}
