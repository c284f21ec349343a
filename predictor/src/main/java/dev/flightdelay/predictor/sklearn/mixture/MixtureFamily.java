package dev.flightdelay.predictor.sklearn.mixture;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code mixture}. */
public final class MixtureFamily {

  private static final String PACKAGE = "sklearn.mixture.";

  public static final Family FAMILY =
      Family.builder()
          .model(
              GaussianMixture::read,
              "GaussianMixture",
              PACKAGE + "_gaussian_mixture",
              PACKAGE + "gaussian_mixture")
          .build();

  private MixtureFamily() {}
}
