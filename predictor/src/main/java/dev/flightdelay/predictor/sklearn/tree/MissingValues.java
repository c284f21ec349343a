package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/**
 * Whether scikit-learn's trees and forests take missing values, by the version that wrote the file:
 * trees with the best splits from 1.3 on, forests of these from 1.4 on, random splits from 1.6 on;
 * and before 1.9 neither with absolute errors nor with monotonic constraints.
 */
public final class MissingValues {

  private static final String RANDOM = "random";

  private MissingValues() {}

  static boolean areAcceptedByTree(Attributes tree, TreeNodes nodes) {
    boolean random = tree.text("splitter").orElse("best").equals(RANDOM);
    boolean extra = tree.estimator().startsWith("ExtraTree");
    boolean supported = extra ? random : !random || !SklearnVersion.isBefore(tree, 1, 6);
    return supported
        && nodes.missingLeft() != null
        && !(extra && SklearnVersion.isBefore(tree, 1, 6))
        && isSupportedBeforeAll(tree);
  }

  /** A forest, by one of its trees. */
  static boolean areAcceptedByForest(Attributes forest, TreeNodes nodes) {
    boolean random = forest.estimator().startsWith("ExtraTrees");
    return nodes.missingLeft() != null
        && !SklearnVersion.isBefore(forest, 1, random ? 6 : 4)
        && isSupportedBeforeAll(forest);
  }

  private static boolean isSupportedBeforeAll(Attributes estimator) {
    return !SklearnVersion.isBefore(estimator, 1, 9)
        || !estimator.has("monotonic_cst")
            && !estimator.text("criterion").orElse("").equals("absolute_error");
  }
}
