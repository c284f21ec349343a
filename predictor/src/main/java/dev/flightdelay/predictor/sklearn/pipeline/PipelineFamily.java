package dev.flightdelay.predictor.sklearn.pipeline;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code pipeline}. */
public final class PipelineFamily {

  private static final String MODULE = "sklearn.pipeline";

  public static final Family FAMILY =
      Family.builder()
          .modelOrTransformer(Pipeline::read, Pipeline::readTransformer, "Pipeline", MODULE)
          .transformer(FeatureUnion::read, "FeatureUnion", MODULE)
          .build();

  private PipelineFamily() {}
}
