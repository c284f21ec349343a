package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/**
 * Whether a selector takes missing values: it does where its estimator's class does, fitted or not
 * ({@code input_tags.allow_nan} in scikit-learn).
 */
final class AllowedMissing {

  private AllowedMissing() {}

  static boolean by(Attributes estimator) {
    return switch (estimator.estimator()) {
      case "HistGradientBoostingClassifier",
          "HistGradientBoostingRegressor",
          "XGBClassifier",
          "XGBRegressor",
          "LGBMClassifier",
          "LGBMRegressor" ->
          true;
      case "DecisionTreeClassifier", "DecisionTreeRegressor" ->
          !SklearnVersion.isBefore(estimator, 1, 3)
              && estimator.text("splitter").orElse("best").equals("best");
      case "RandomForestClassifier", "RandomForestRegressor" ->
          !SklearnVersion.isBefore(estimator, 1, 4);
      case "ExtraTreesClassifier",
          "ExtraTreesRegressor",
          "ExtraTreeClassifier",
          "ExtraTreeRegressor" ->
          !SklearnVersion.isBefore(estimator, 1, 6);
      default -> false;
    };
  }
}
