package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Family;

/**
 * XGBoost's interface for scikit-learn, and its Booster by itself. A column that was categorical in
 * a data frame takes its categories, which the file keeps since 3.1; without them it takes the
 * category's code, as XGBoost takes it in a NumPy array.
 */
public final class XGBoostFamily {

  private static final String SKLEARN = "xgboost.sklearn";

  public static final Family FAMILY =
      Family.builder()
          .model(XGBClassifier::read, "XGBClassifier", SKLEARN)
          .model(XGBClassifier::read, "XGBRFClassifier", SKLEARN)
          .model(XGBRegressor::read, "XGBRegressor", SKLEARN)
          .model(XGBRegressor::read, "XGBRFRegressor", SKLEARN)
          .model(XGBRegressor::read, "XGBRanker", SKLEARN)
          .model(XGBRegressor::readBooster, "Booster", "xgboost.core")
          .unreadIn("XGBClassifier", "eval_metric", "callbacks")
          .unreadIn("XGBRFClassifier", "eval_metric", "callbacks")
          .unreadIn("XGBRegressor", "eval_metric", "callbacks")
          .unreadIn("XGBRFRegressor", "eval_metric", "callbacks")
          .unreadIn("XGBRanker", "eval_metric", "callbacks")
          .part("a classifier's labels until 1.5", "XGBoostLabelEncoder", "xgboost.compat")
          .build();

  private XGBoostFamily() {}
}
