package dev.flightdelay.predictor.imblearn;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.sklearn.ensemble.AdaBoostClassifier;
import dev.flightdelay.predictor.sklearn.ensemble.Bagging;
import dev.flightdelay.predictor.sklearn.tree.ClassificationTrees;

/**
 * imbalanced-learn: what is fitted with balanced rows answers as scikit-learn's estimators that its
 * classes extend.
 */
public final class ImblearnFamily {

  private static final String PACKAGE = "imblearn.ensemble.";

  public static final Family FAMILY =
      Samplers.add(Family.builder())
          .modelOrTransformer(
              SamplingPipeline::read,
              SamplingPipeline::readTransformer,
              "Pipeline",
              "imblearn.pipeline")
          .model(
              ClassificationTrees::readForest,
              "BalancedRandomForestClassifier",
              PACKAGE + "_forest",
              PACKAGE + "forest")
          .model(
              Bagging::readClassifier,
              "BalancedBaggingClassifier",
              PACKAGE + "_bagging",
              PACKAGE + "bagging")
          .model(
              Bagging::readClassifier,
              "EasyEnsembleClassifier",
              PACKAGE + "_easy_ensemble",
              PACKAGE + "easy_ensemble")
          .model(
              AdaBoostClassifier::read,
              "RUSBoostClassifier",
              PACKAGE + "_weight_boosting",
              PACKAGE + "weight_boosting")
          .build();

  private ImblearnFamily() {}
}
