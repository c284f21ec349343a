package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.Matrix;

/**
 * Walks a KDTree or BallTree as scikit-learn does ({@code _query_single_depthfirst} in {@code
 * neighbors/_binary_tree}): the order of its visits decides which of several rows at the same
 * distance are the nearest.
 */
final class TreeSearch implements NeighborSearch {

  private final Metric metric;
  private final double[] fitted;
  private final int features;
  private final int[] order;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] leaves;
  // Of balls; null where nodes are boxes.
  private final double[] radii;
  // Boxes: (2 * nodes * features), lower and upper bounds; balls: (nodes * features), centres.
  private final double[] bounds;

  private TreeSearch(
      Metric metric,
      Matrix fitted,
      int[] order,
      int[] starts,
      int[] ends,
      boolean[] leaves,
      double[] radii,
      double[] bounds) {
    this.metric = metric;
    this.fitted = fitted.values();
    this.features = fitted.columns();
    this.order = order;
    this.starts = starts;
    this.ends = ends;
    this.leaves = leaves;
    this.radii = radii;
    this.bounds = bounds;
  }

  /** Reads the tree's state: (data, idx_array, node_data, node_bounds, ..). */
  static TreeSearch read(Attributes attributes, Metric metric, Matrix fitted) {
    if (!(attributes.value("_tree").orElse(null) instanceof PickleObject tree)
        || !(tree.state() instanceof Object[] state)
        || state.length < 4
        || !(state[1] instanceof NdArray indices && indices.isBuilt())
        || !(state[2] instanceof NdArray nodes && nodes.isBuilt())
        || !(state[3] instanceof NdArray boundaries && boundaries.isBuilt())) {
      throw attributes.invalid(Reason.STATE_INVALID, "_tree is no tree of neighbours");
    }
    // Until 0.19 both are called BinaryTree.
    boolean boxes = tree.type().module().endsWith("kd_tree");
    int[] order = permutation(attributes, Matrix.vector(attributes, indices, "_tree"), fitted);
    int[] starts = attributes.orInvalid("_tree", () -> nodes.integers("idx_start"));
    int[] ends = attributes.orInvalid("_tree", () -> nodes.integers("idx_end"));
    int[] flags = attributes.orInvalid("_tree", () -> nodes.integers("is_leaf"));
    double[] radii = attributes.orInvalid("_tree", () -> nodes.reals("radius"));
    double[] bounds = attributes.orInvalid("_tree", boundaries::reals);
    boolean[] leaves = new boolean[flags.length];
    for (int node = 0; node < flags.length; node++) {
      leaves[node] = flags[node] != 0;
    }
    requireSound(attributes, starts, ends, leaves, fitted.rows());
    if (bounds.length != (boxes ? 2L : 1L) * flags.length * fitted.columns()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "the bounds of _tree are not one a node");
    }
    return new TreeSearch(
        metric, fitted, order, starts, ends, leaves, boxes ? null : radii, bounds);
  }

  private static int[] permutation(Attributes attributes, double[] indices, Matrix fitted) {
    int[] order = new int[indices.length];
    boolean[] seen = new boolean[fitted.rows()];
    for (int i = 0; i < order.length; i++) {
      if (order.length != fitted.rows()
          || indices[i] < 0
          || indices[i] >= fitted.rows()
          || seen[(int) indices[i]]) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "the indices of _tree are no order of its rows");
      }
      order[i] = (int) indices[i];
      seen[order[i]] = true;
    }
    return order;
  }

  /** Children follow their parent at 2 n + 1 and 2 n + 2, and share its rows. */
  private static void requireSound(
      Attributes attributes, int[] starts, int[] ends, boolean[] leaves, int rows) {
    boolean sound = starts.length > 0 && starts[0] == 0 && ends[0] == rows;
    for (int node = 0; sound && node < starts.length; node++) {
      // Nodes that no walk reaches may hold anything.
      sound = starts[node] >= 0 && starts[node] <= ends[node] && ends[node] <= rows;
      if (sound && !leaves[node]) {
        long right = 2L * node + 2;
        sound = right < starts.length;
        if (sound) {
          int left = (int) right - 1;
          sound =
              starts[left] == starts[node]
                  && ends[left] == starts[(int) right]
                  && ends[(int) right] == ends[node];
        }
      }
    }
    if (!sound) {
      throw attributes.invalid(Reason.MODEL_INVALID, "the nodes of _tree are no tree");
    }
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void find(double[] values, int offset, Nearest nearest, double[] scratch) {
    nearest.clear();
    visit(0, bound(0, values, offset), values, offset, nearest);
  }

  private void visit(int node, double bound, double[] values, int offset, Nearest nearest) {
    if (bound > nearest.farthest()) {
      return;
    }
    if (leaves[node]) {
      for (int i = starts[node]; i < ends[node]; i++) {
        int row = order[i];
        nearest.push(metric.between(values, offset, fitted, row * features, features), row);
      }
      return;
    }
    int left = 2 * node + 1;
    int right = left + 1;
    double leftBound = bound(left, values, offset);
    double rightBound = bound(right, values, offset);
    if (leftBound <= rightBound) {
      visit(left, leftBound, values, offset, nearest);
      visit(right, rightBound, values, offset, nearest);
    } else {
      visit(right, rightBound, values, offset, nearest);
      visit(left, leftBound, values, offset, nearest);
    }
  }

  /** The least reduced distance that a row in the node can have: {@code min_rdist}. */
  private double bound(int node, double[] values, int offset) {
    int at = node * features;
    if (radii != null) {
      double centre = metric.distance(metric.between(values, offset, bounds, at, features));
      return metric.reduced(Math.max(0, centre - radii[node]));
    }
    int upper = bounds.length / 2 + at;
    double sum = 0;
    for (int j = 0; j < features; j++) {
      double below = bounds[at + j] - values[offset + j];
      double above = values[offset + j] - bounds[upper + j];
      double twice = below + Math.abs(below) + (above + Math.abs(above));
      sum = metric.add(sum, 0.5 * twice);
    }
    return sum;
  }
}
