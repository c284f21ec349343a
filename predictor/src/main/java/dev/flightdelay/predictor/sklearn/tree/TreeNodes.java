package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.Arrays;

/**
 * The nodes of one tree as scikit-learn numbers them, checked: node 0 is the root, children come
 * after their parents, and each node has at most one. A node is a leaf where {@code left} is -1.
 *
 * @param features how many columns the tree's rows have
 * @param classes the number of classes of each output; 1 for a regressor's
 * @param width the numbers of each node in {@code values}: outputs * mostClasses
 * @param left children where the feature is at most the threshold
 * @param threshold finite, or positive infinity where only missing values go right
 * @param missingLeft 1 where missing values go left; null before scikit-learn 1.3
 * @param samples how many rows of the fitted data came to the node
 * @param weights what these rows weighed together; null where the file does not say
 */
public record TreeNodes(
    int features,
    int[] classes,
    int mostClasses,
    int width,
    int[] left,
    int[] right,
    int[] feature,
    double[] threshold,
    int[] missingLeft,
    int[] samples,
    double[] weights,
    double[] values) {

  private static final int LEAF = -1;
  private static final int MAX_OUTPUTS = 10_000;

  /**
   * Reads {@code tree_} of a decision tree.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is no tree, or one that
   *     cannot be walked down
   */
  public static TreeNodes read(Attributes estimator) {
    if (!(estimator.value("tree_").orElse(null) instanceof PickledTree tree) || !tree.isBuilt()) {
      throw estimator.invalid(
          Reason.STATE_INVALID,
          "the attribute tree_ is missing or no tree; only a fitted tree can be served");
    }
    return estimator.orInvalid("tree_", () -> read(estimator, tree));
  }

  private static TreeNodes read(Attributes estimator, PickledTree tree) {
    NdArray nodes = tree.nodes();
    int[] classes = classes(estimator, tree);
    int mostClasses = Arrays.stream(classes).max().orElseThrow();
    int[] shape = tree.values().shape();
    if (!Arrays.equals(shape, new int[] {nodes.size(), tree.outputs(), mostClasses})) {
      throw estimator.invalid(
          Reason.MODEL_INVALID,
          "tree_ has values of shape %s for %d nodes, %d outputs and %d classes"
              .formatted(Arrays.toString(shape), nodes.size(), tree.outputs(), mostClasses));
    }
    TreeNodes read =
        new TreeNodes(
            tree.features(),
            classes,
            mostClasses,
            tree.outputs() * mostClasses,
            nodes.integers("left_child"),
            nodes.integers("right_child"),
            nodes.integers("feature"),
            nodes.reals("threshold"),
            nodes.hasColumn("missing_go_to_left") ? nodes.integers("missing_go_to_left") : null,
            nodes.integers("n_node_samples"),
            nodes.hasColumn("weighted_n_node_samples")
                ? nodes.reals("weighted_n_node_samples")
                : null,
            tree.values().reals());
    read.check(estimator);
    return read;
  }

  private static int[] classes(Attributes estimator, PickledTree tree) {
    double[] counts = tree.classes().reals();
    if (counts.length != tree.outputs() || counts.length > MAX_OUTPUTS) {
      throw estimator.invalid(
          Reason.MODEL_INVALID,
          "tree_ has the classes of %d outputs, and %d outputs"
              .formatted(counts.length, tree.outputs()));
    }
    int[] classes = new int[counts.length];
    for (int k = 0; k < classes.length; k++) {
      classes[k] = (int) counts[k];
      if (classes[k] != counts[k] || classes[k] < 1) {
        throw estimator.invalid(
            Reason.MODEL_INVALID, "tree_ has an output of %s classes".formatted(counts[k]));
      }
    }
    return classes;
  }

  private void check(Attributes estimator) {
    int count = left.length;
    if (count == 0) {
      throw estimator.invalid(Reason.MODEL_INVALID, "tree_ has no node");
    }
    boolean[] hasParent = new boolean[count];
    for (int node = 0; node < count; node++) {
      if (isLeaf(node)) {
        if (right[node] != LEAF) {
          throw wrong(estimator, node, "has a right child and no left one");
        }
        checkValues(estimator, node);
        continue;
      }
      checkChild(estimator, node, left[node], hasParent);
      checkChild(estimator, node, right[node], hasParent);
      if (feature[node] < 0 || feature[node] >= features) {
        throw wrong(
            estimator, node, "asks for feature %d of %d".formatted(feature[node], features));
      }
      if (Double.isNaN(threshold[node]) || threshold[node] == Double.NEGATIVE_INFINITY) {
        throw wrong(estimator, node, "has the threshold " + threshold[node]);
      }
    }
  }

  private void checkChild(Attributes estimator, int node, int child, boolean[] hasParent) {
    if (child <= node || child >= left.length) {
      throw wrong(
          estimator,
          node,
          "has the child %d of %d; children come after their parents"
              .formatted(child, left.length));
    }
    if (hasParent[child]) {
      throw wrong(estimator, node, "shares the child %d with another".formatted(child));
    }
    hasParent[child] = true;
  }

  private void checkValues(Attributes estimator, int node) {
    for (int i = node * width; i < (node + 1) * width; i++) {
      if (!Double.isFinite(values[i])) {
        throw wrong(estimator, node, "is a leaf with the value " + values[i]);
      }
    }
  }

  private static RuntimeException wrong(Attributes estimator, int node, String what) {
    return estimator.invalid(
        Reason.MODEL_INVALID, "node %d of tree_ %s; fit it again".formatted(node, what));
  }

  public int outputs() {
    return classes.length;
  }

  public boolean isLeaf(int node) {
    return left[node] == LEAF;
  }

  boolean missingGoesLeft(int node) {
    return missingLeft != null && missingLeft[node] != 0;
  }
}
