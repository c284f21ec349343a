package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Family;

/** LightGBM 2.1 to 4.x: its scikit-learn estimators and its own Booster. */
public final class LightGbmFamily {

  private static final String SKLEARN = "lightgbm.sklearn";
  private static final String BASIC = "lightgbm.basic";

  public static final Family FAMILY =
      Family.builder()
          .model(LGBMClassifier::read, "LGBMClassifier", SKLEARN)
          .model(LGBMRegressor::readEstimator, "LGBMRegressor", SKLEARN)
          .model(LGBMRegressor::readEstimator, "LGBMRanker", SKLEARN)
          .model(LGBMRegressor::readBooster, "Booster", BASIC)
          .unreadIn("LGBMClassifier", "metric", "_other_params")
          .unreadIn("LGBMRegressor", "metric", "_other_params")
          .unreadIn("LGBMRanker", "metric", "_other_params")
          .unread("the model that training began with", BASIC, "_InnerPredictor")
          .build();

  private LightGbmFamily() {}
}
