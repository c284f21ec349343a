package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code linear_model}; until 0.21 its modules had no underscore in their names. */
public final class LinearModelFamily {

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
  private static final String[] PASSIVE_AGGRESSIVE = {
    PACKAGE + "_passive_aggressive", PACKAGE + "passive_aggressive"
  };
  private static final String[] BAYES = {PACKAGE + "_bayes", PACKAGE + "bayes"};
  private static final String[] LEAST_ANGLE = {PACKAGE + "_least_angle", PACKAGE + "least_angle"};
  private static final String[] MATCHING_PURSUIT = {PACKAGE + "_omp", PACKAGE + "omp"};
  private static final String[] GENERALIZED = {PACKAGE + "_glm.glm"};
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

  private static final String TWEEDIE = "the link between a sum and what TweedieRegressor answers";

  private static final String[] COMPILED_LOSSES = {
    "CyHalfPoissonLoss",
    "CyHalfGammaLoss",
    "CyHalfTweedieLoss",
    "CyHalfTweedieLossIdentity",
    "__pyx_unpickle_CyHalfPoissonLoss",
    "__pyx_unpickle_CyHalfGammaLoss",
    "__pyx_unpickle_CyHalfTweedieLoss",
    "__pyx_unpickle_CyHalfTweedieLossIdentity",
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
          .model(Perceptron::read, "PassiveAggressiveClassifier", PASSIVE_AGGRESSIVE)
          .model(LinearRegressor::read, "PassiveAggressiveRegressor", PASSIVE_AGGRESSIVE)
          .model(LinearRegressor::read, "BayesianRidge", BAYES)
          .model(LinearRegressor::read, "ARDRegression", BAYES)
          .model(LinearRegressor::read, "HuberRegressor", PACKAGE + "_huber", PACKAGE + "huber")
          .model(LinearRegressor::read, "Lars", LEAST_ANGLE)
          .model(LinearRegressor::read, "LarsCV", LEAST_ANGLE)
          .model(LinearRegressor::read, "LassoLars", LEAST_ANGLE)
          .model(LinearRegressor::read, "LassoLarsCV", LEAST_ANGLE)
          .model(LinearRegressor::read, "LassoLarsIC", LEAST_ANGLE)
          .model(LinearRegressor::read, "OrthogonalMatchingPursuit", MATCHING_PURSUIT)
          .model(LinearRegressor::read, "OrthogonalMatchingPursuitCV", MATCHING_PURSUIT)
          .model(
              LinearRegressor::read,
              "TheilSenRegressor",
              PACKAGE + "_theil_sen",
              PACKAGE + "theil_sen")
          .model(LinearRegressor::read, "QuantileRegressor", PACKAGE + "_quantile")
          .model(GeneralizedLinearRegressor::logarithmic, "PoissonRegressor", GENERALIZED)
          .model(GeneralizedLinearRegressor::logarithmic, "GammaRegressor", GENERALIZED)
          .model(GeneralizedLinearRegressor::tweedie, "TweedieRegressor", GENERALIZED)
          .unreadIn("LogisticRegressionCV", "scoring", "cv")
          .unreadIn("RidgeCV", "scoring", "cv")
          .unreadIn("RidgeClassifierCV", "scoring", "cv")
          .unreadIn("LassoCV", "cv")
          .unreadIn("ElasticNetCV", "cv")
          .unreadIn("MultiTaskLassoCV", "cv")
          .unreadIn("MultiTaskElasticNetCV", "cv")
          .unreadIn("LarsCV", "cv")
          .unreadIn("LassoLarsCV", "cv")
          .unreadIn("OrthogonalMatchingPursuitCV", "cv")
          .unread(
              "how a loss was computed while fitting",
              "sklearn._loss.glm_distribution",
              "TweedieDistribution",
              "NormalDistribution",
              "PoissonDistribution",
              "GammaDistribution",
              "InverseGaussianDistribution")
          .namedTuple(
              "how a loss was computed while fitting",
              2,
              "DistributionBoundary",
              "sklearn._loss.glm_distribution")
          .unread(
              "how a loss was computed while fitting",
              PACKAGE + "_glm.link",
              "IdentityLink",
              "LogLink")
          .unread(
              "how a loss was computed while fitting",
              "sklearn._loss.loss",
              "HalfPoissonLoss",
              "HalfGammaLoss")
          .part(TWEEDIE, "HalfTweedieLoss", "sklearn._loss.loss")
          .part(TWEEDIE, "HalfTweedieLossIdentity", "sklearn._loss.loss")
          .unread("how a loss was computed while fitting", "sklearn._loss._loss", COMPILED_LOSSES)
          // What scikit-learn 1.5 to 1.8 call that module.
          .unread("how a loss was computed while fitting", "_loss", COMPILED_LOSSES)
          .part(TWEEDIE, "IdentityLink", "sklearn._loss.link")
          .part(TWEEDIE, "LogLink", "sklearn._loss.link")
          .unread("how a loss was computed while fitting", "sklearn._loss.link", "Interval")
          .unread("how a loss was computed while fitting", PACKAGE + "_sgd_fast", LOSSES)
          .unread("how a loss was computed while fitting", PACKAGE + "sgd_fast", LOSSES)
          .since(
              "1.0", "PoissonRegressor", "GammaRegressor", "TweedieRegressor", "QuantileRegressor")
          .build();

  private LinearModelFamily() {}
}
