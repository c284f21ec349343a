package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.sklearn.tree.ClassificationTrees;
import dev.flightdelay.predictor.sklearn.tree.RegressionTrees;

/** scikit-learn's {@code ensemble}; until 0.21 its modules had no underscore in their names. */
public final class EnsembleFamily {

  private static final String PACKAGE = "sklearn.ensemble.";
  private static final String[] FOREST = {PACKAGE + "_forest", PACKAGE + "forest"};

  private static final String[] GB = {PACKAGE + "_gb", PACKAGE + "gradient_boosting"};

  private static final String HIST_PACKAGE = PACKAGE + "_hist_gradient_boosting.";
  private static final String[] HIST = {HIST_PACKAGE + "gradient_boosting"};
  private static final String[] ADA = {PACKAGE + "_weight_boosting", PACKAGE + "weight_boosting"};
  private static final String[] BAGGING = {PACKAGE + "_bagging", PACKAGE + "bagging"};

  public static final Family FAMILY =
      Losses.add(Family.builder())
          .model(ClassificationTrees::readForest, "RandomForestClassifier", FOREST)
          .model(RegressionTrees::readForest, "RandomForestRegressor", FOREST)
          .model(ClassificationTrees::readForest, "ExtraTreesClassifier", FOREST)
          .model(RegressionTrees::readForest, "ExtraTreesRegressor", FOREST)
          .model(GradientBoostingClassifier::read, "GradientBoostingClassifier", GB)
          .model(GradientBoostingRegressor::read, "GradientBoostingRegressor", GB)
          .part("what gradient boosting starts from", "DummyClassifier", "sklearn.dummy")
          .part("what gradient boosting starts from", "DummyRegressor", "sklearn.dummy")
          .part("what gradient boosting starts from", "MeanEstimator", Losses.OLDEST)
          .part("what gradient boosting starts from", "QuantileEstimator", Losses.OLDEST)
          .part("what gradient boosting starts from", "LogOddsEstimator", Losses.OLDEST)
          .part("what gradient boosting starts from", "ScaledLogOddsEstimator", Losses.OLDEST)
          .part("what gradient boosting starts from", "PriorProbabilityEstimator", Losses.OLDEST)
          .part("what gradient boosting starts from", "ZeroEstimator", Losses.OLDEST)
          .model(
              IsolationForest::read, "IsolationForest", PACKAGE + "_iforest", PACKAGE + "iforest")
          .model(HistGradientBoosting::readClassifier, "HistGradientBoostingClassifier", HIST)
          .model(HistGradientBoosting::readRegressor, "HistGradientBoostingRegressor", HIST)
          .part("a tree", "TreePredictor", HIST_PACKAGE + "predictor")
          .part("which categories are known", "_BinMapper", HIST_PACKAGE + "binning")
          .part("the labels once more", "LabelEncoder", "sklearn.preprocessing._label")
          .part(
              "how columns of categories are encoded",
              "ColumnTransformer",
              "sklearn.compose._column_transformer")
          .part("how categories are encoded", "OrdinalEncoder", "sklearn.preprocessing._encoders")
          .part(
              "how columns of numbers are checked",
              "FunctionTransformer",
              "sklearn.preprocessing._function_transformer")
          .unread("what checks numbers: never called", "functools", "partial")
          .value("what checks numbers: never called", "sklearn.utils.validation", "check_array")
          .value("the type of encoded columns", "numpy", "float64")
          .unreadIn("HistGradientBoostingClassifier", "scoring", "_scorer")
          .unreadIn("HistGradientBoostingRegressor", "scoring", "_scorer")
          .model(AdaBoostClassifier::read, "AdaBoostClassifier", ADA)
          .model(AdaBoostRegressor::read, "AdaBoostRegressor", ADA)
          .model(Bagging::readClassifier, "BaggingClassifier", BAGGING)
          .model(Bagging::readRegressor, "BaggingRegressor", BAGGING)
          .since(
              "0.22",
              "HistGradientBoostingClassifier",
              "HistGradientBoostingRegressor",
              "IsolationForest")
          .build();

  private EnsembleFamily() {}
}
