package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.sklearn.tree.ClassificationTrees;
import dev.flightdelay.predictor.sklearn.tree.RegressionTrees;

/** scikit-learn's {@code ensemble}; until 0.21 its modules had no underscore in their names. */
public final class Ensembles {

  private static final String PACKAGE = "sklearn.ensemble.";
  private static final String[] FOREST = {PACKAGE + "_forest", PACKAGE + "forest"};

  public static final Family FAMILY =
      Family.builder()
          .model(ClassificationTrees::readForest, "RandomForestClassifier", FOREST)
          .model(RegressionTrees::readForest, "RandomForestRegressor", FOREST)
          .model(ClassificationTrees::readForest, "ExtraTreesClassifier", FOREST)
          .model(RegressionTrees::readForest, "ExtraTreesRegressor", FOREST)
          .build();

  private Ensembles() {}
}
