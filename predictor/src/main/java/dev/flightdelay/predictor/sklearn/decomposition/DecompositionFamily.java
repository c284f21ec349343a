package dev.flightdelay.predictor.sklearn.decomposition;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code decomposition}; until 0.21 its modules had no underscore. */
public final class DecompositionFamily {

  private static final String PACKAGE = "sklearn.decomposition.";

  public static final Family FAMILY =
      Family.builder()
          .transformer(Projection::pca, "PCA", PACKAGE + "_pca", PACKAGE + "pca")
          .transformer(
              Projection::pca,
              "IncrementalPCA",
              PACKAGE + "_incremental_pca",
              PACKAGE + "incremental_pca")
          .transformer(
              Projection::truncatedSvd,
              "TruncatedSVD",
              PACKAGE + "_truncated_svd",
              PACKAGE + "truncated_svd")
          .build();

  private DecompositionFamily() {}
}
