package dev.flightdelay.predictor.sklearn.dummy;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code dummy}. */
public final class DummyFamily {

  private static final String MODULE = "sklearn.dummy";

  public static final Family FAMILY =
      Family.builder()
          .model(DummyClassifier::read, "DummyClassifier", MODULE)
          .model(DummyRegressor::read, "DummyRegressor", MODULE)
          .since("1.5", "DummyClassifier", "DummyRegressor")
          .build();

  private DummyFamily() {}
}
