package dev.flightdelay.predictor.sklearn.cluster;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code cluster}. */
public final class ClusterFamily {

  private static final String PACKAGE = "sklearn.cluster.";
  private static final String[] MODULES = {PACKAGE + "_kmeans", PACKAGE + "k_means_"};

  public static final Family FAMILY =
      Family.builder()
          .modelOrTransformer(KMeans::read, KMeans::readTransformer, "KMeans", MODULES)
          .modelOrTransformer(KMeans::read, KMeans::readTransformer, "MiniBatchKMeans", MODULES)
          .build();

  private ClusterFamily() {}
}
