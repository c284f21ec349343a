package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code impute}. */
public final class ImputeFamily {

  private static final String PACKAGE = "sklearn.impute.";
  private static final String[] BASE = {PACKAGE + "_base", "sklearn.impute"};

  public static final Family FAMILY =
      Family.builder()
          .transformer(SimpleImputer::read, "SimpleImputer", BASE)
          .transformer(MissingIndicator::read, "MissingIndicator", BASE)
          .transformer(KNNImputer::read, "KNNImputer", PACKAGE + "_knn")
          .transformer(IterativeImputer::read, "IterativeImputer", PACKAGE + "_iterative")
          .namedTuple("a step of an IterativeImputer", 3, "_ImputerTriplet", PACKAGE + "_iterative")
          .since("0.20", "MissingIndicator", "SimpleImputer")
          .since("0.22", "KNNImputer", "IterativeImputer")
          .build();

  private ImputeFamily() {}
}
