package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code impute}. */
public final class Imputation {

  private static final String MODULE = "sklearn.impute._base";

  public static final Family FAMILY =
      Family.builder()
          .transformer(SimpleImputer::read, "SimpleImputer", MODULE, "sklearn.impute")
          .part("which columns had missing values", "MissingIndicator", MODULE, "sklearn.impute")
          .build();

  private Imputation() {}
}
