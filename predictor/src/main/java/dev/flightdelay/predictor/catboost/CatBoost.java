package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Family;

/** CatBoost 1.x: its estimators for numbers, with symmetric trees. */
public final class CatBoost {

  /** The library's name as its users write it. */
  static final String LIBRARY = "CatBoost";

  private static final String CORE = "catboost.core";

  public static final Family FAMILY =
      Family.builder()
          .model(SymmetricClassifier::read, "CatBoostClassifier", CORE)
          .model(SymmetricRegressor::read, "CatBoostRegressor", CORE)
          .part("named where it is refused", "CatBoost", CORE)
          .part("named where it is refused", "CatBoostRanker", CORE)
          .build();

  private CatBoost() {}
}
