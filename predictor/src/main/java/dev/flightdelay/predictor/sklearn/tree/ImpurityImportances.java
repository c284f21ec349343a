package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.PairwiseSum;

/**
 * How much each feature lowered the impurity of a tree's nodes: {@code
 * Tree.compute_feature_importances} in scikit-learn's {@code tree/_tree.pyx}.
 *
 * @param nodes how many the tree has
 * @param values one for each feature, of any sum
 */
public record ImpurityImportances(int nodes, double[] values) {

  /**
   * Of a fitted decision tree.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if its nodes are no tree
   */
  public static ImpurityImportances read(Attributes attributes) {
    if (!(attributes.value("tree_").orElse(null) instanceof PickledTree tree) || !tree.isBuilt()) {
      throw attributes.invalid(Reason.STATE_INVALID, "tree_ is missing: call fit before pickling");
    }
    int[] left = attributes.orInvalid("tree_", () -> tree.nodes().integers("left_child"));
    int[] right = attributes.orInvalid("tree_", () -> tree.nodes().integers("right_child"));
    int[] features = attributes.orInvalid("tree_", () -> tree.nodes().integers("feature"));
    double[] impurity = attributes.orInvalid("tree_", () -> tree.nodes().reals("impurity"));
    double[] weights =
        attributes.orInvalid("tree_", () -> tree.nodes().reals("weighted_n_node_samples"));
    double[] values = new double[tree.features()];
    for (int node = 0; node < left.length; node++) {
      if (left[node] < 0) {
        continue;
      }
      if (left[node] >= left.length
          || right[node] < 0
          || right[node] >= left.length
          || features[node] < 0
          || features[node] >= values.length) {
        throw attributes.invalid(Reason.MODEL_INVALID, "the nodes of tree_ are no tree");
      }
      values[features[node]] +=
          weights[node] * impurity[node]
              - weights[left[node]] * impurity[left[node]]
              - weights[right[node]] * impurity[right[node]];
    }
    for (int j = 0; j < values.length && left.length > 0; j++) {
      values[j] /= weights[0];
    }
    return new ImpurityImportances(left.length, values);
  }

  /** The same with a sum of 1, unless all are 0. */
  public double[] normalized() {
    double[] shares = values.clone();
    double sum = PairwiseSum.of(values);
    for (int j = 0; j < shares.length && sum > 0; j++) {
      shares[j] /= sum;
    }
    return shares;
  }
}
