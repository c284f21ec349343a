package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code linear_model}; until 0.21 its modules had no underscore in their names. */
public final class LinearModels {

  private static final String PACKAGE = "sklearn.linear_model.";
  private static final String[] LOGISTIC = {PACKAGE + "_logistic", PACKAGE + "logistic"};
  private static final String[] BASE = {PACKAGE + "_base", PACKAGE + "base"};
  private static final String[] RIDGE = {PACKAGE + "_ridge", PACKAGE + "ridge"};
  private static final String[] DESCENT = {
    PACKAGE + "_coordinate_descent", PACKAGE + "coordinate_descent"
  };
  private static final String[] SGD = {
    PACKAGE + "_stochastic_gradient", PACKAGE + "stochastic_gradient"
  };
  private static final String[] LOSSES = {
    "Hinge",
    "SquaredHinge",
    "Log",
    "ModifiedHuber",
    "SquaredLoss",
    "Huber",
    "EpsilonInsensitive",
    "SquaredEpsilonInsensitive"
  };

  public static final Family FAMILY =
      Family.builder()
          .model(LogisticRegression::read, "LogisticRegression", LOGISTIC)
          .model(LogisticRegression::read, "LogisticRegressionCV", LOGISTIC)
          .model(LinearRegressor::read, "LinearRegression", BASE)
          .model(LinearRegressor::read, "Ridge", RIDGE)
          .model(LinearRegressor::read, "RidgeCV", RIDGE)
          .model(LinearRegressor::read, "Lasso", DESCENT)
          .model(LinearRegressor::read, "LassoCV", DESCENT)
          .model(LinearRegressor::read, "ElasticNet", DESCENT)
          .model(LinearRegressor::read, "ElasticNetCV", DESCENT)
          .model(LinearRegressor::read, "MultiTaskLasso", DESCENT)
          .model(LinearRegressor::read, "MultiTaskLassoCV", DESCENT)
          .model(LinearRegressor::read, "MultiTaskElasticNet", DESCENT)
          .model(LinearRegressor::read, "MultiTaskElasticNetCV", DESCENT)
          .model(LinearRegressor::read, "SGDRegressor", SGD)
          .model(SGDClassifier::read, "SGDClassifier", SGD)
          .model(Perceptron::read, "Perceptron", PACKAGE + "_perceptron", PACKAGE + "perceptron")
          .model(RidgeClassifier::read, "RidgeClassifier", RIDGE)
          .model(RidgeClassifier::read, "RidgeClassifierCV", RIDGE)
          .unread("how a loss was computed while fitting", PACKAGE + "_sgd_fast", LOSSES)
          .unread("how a loss was computed while fitting", PACKAGE + "sgd_fast", LOSSES)
          .build();

  private LinearModels() {}
}
