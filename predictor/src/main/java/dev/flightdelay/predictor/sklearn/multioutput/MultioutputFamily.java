package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code multioutput}. */
public final class MultioutputFamily {

  private static final String MODULE = "sklearn.multioutput";

  public static final Family FAMILY =
      Family.builder()
          .model(MultiOutputEstimator::classifier, "MultiOutputClassifier", MODULE)
          .model(MultiOutputEstimator::regressor, "MultiOutputRegressor", MODULE)
          .model(ClassifierChain::read, "ClassifierChain", MODULE)
          .model(RegressorChain::read, "RegressorChain", MODULE)
          .since("0.20", "RegressorChain")
          .build();

  private MultioutputFamily() {}
}
