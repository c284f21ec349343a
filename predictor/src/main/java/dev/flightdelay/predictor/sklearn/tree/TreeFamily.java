package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code tree}; until 0.21 its module was {@code sklearn.tree.tree}. */
public final class TreeFamily {

  private static final String[] CLASSES = {"sklearn.tree._classes", "sklearn.tree.tree"};

  public static final Family FAMILY =
      Family.builder()
          .model(ClassificationTrees::readTree, "DecisionTreeClassifier", CLASSES)
          .model(RegressionTrees::readTree, "DecisionTreeRegressor", CLASSES)
          .model(ClassificationTrees::readTree, "ExtraTreeClassifier", CLASSES)
          .model(RegressionTrees::readTree, "ExtraTreeRegressor", CLASSES)
          .function("the nodes of a tree", PickledTree::of, "Tree", "sklearn.tree._tree")
          .build();

  private TreeFamily() {}
}
