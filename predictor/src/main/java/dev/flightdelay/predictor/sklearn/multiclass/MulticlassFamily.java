package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code multiclass}. */
public final class MulticlassFamily {

  private static final String MODULE = "sklearn.multiclass";

  public static final Family FAMILY =
      Family.builder()
          .model(OneVsRestClassifier::read, "OneVsRestClassifier", MODULE)
          .model(OneVsOneClassifier::read, "OneVsOneClassifier", MODULE)
          .model(OutputCodeClassifier::read, "OutputCodeClassifier", MODULE)
          .model(ConstantPredictor::read, "_ConstantPredictor", MODULE)
          .build();

  private MulticlassFamily() {}
}
