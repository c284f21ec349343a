package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Family;

/** CatBoost 1.x: its estimators for numbers and categories. */
public final class CatBoostFamily {

  private static final String CORE = "catboost.core";

  public static final Family FAMILY =
      Family.builder()
          .model(CatBoostClassifier::read, "CatBoostClassifier", CORE)
          .model(CatBoostRegressor::read, "CatBoostRegressor", CORE)
          .model(CatBoostRegressor::readRaw, "CatBoostRanker", CORE)
          .model(CatBoostRegressor::readRaw, "CatBoost", CORE)
          .build();

  private CatBoostFamily() {}
}
