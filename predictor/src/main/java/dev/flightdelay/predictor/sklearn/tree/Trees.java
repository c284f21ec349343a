package dev.flightdelay.predictor.sklearn.tree;

import java.util.Arrays;

/**
 * All trees of a model in one array, for rows of float32: scikit-learn compares features of that
 * type with thresholds of float64. A number of float32 is at most a threshold exactly if it is at
 * most the largest float32 below it, so that thresholds are kept as such.
 */
public final class Trees {

  /** What a leaf adds to a score. */
  @FunctionalInterface
  public interface LeafValues {

    /**
     * Writes a leaf's numbers.
     *
     * @param node the leaf's number in its tree
     * @param depth how many nodes lie above it
     */
    void write(int node, int depth, double[] values, int offset);
  }

  // The numbers of a node: its feature (-1 for a leaf), the bits of its threshold, the position of
  // its left child with the right one after it (for a leaf: of its values), and whether missing
  // values go left.
  private static final int FEATURE = 0;
  private static final int THRESHOLD = 1;
  private static final int CHILD = 2;
  private static final int MISSING = 3;
  private static final int SHIFT = 2;

  private final int features;
  private final int width;
  private final int[] roots;
  private final int[] nodes;
  private final double[] values;

  private Trees(int features, int width, int[] roots, int[] nodes, double[] values) {
    this.features = features;
    this.width = width;
    this.roots = roots;
    this.nodes = nodes;
    this.values = values;
  }

  /**
   * @param features the columns of a row
   * @param width how many numbers a leaf adds
   */
  public static Builder builder(int features, int width) {
    return new Builder(features, width);
  }

  public int count() {
    return roots.length;
  }

  /** The columns of a row. */
  public int features() {
    return features;
  }

  /**
   * Adds the leaves that rows come to in one tree.
   *
   * @param block rows of {@link #features()} numbers each
   * @param sums rows of {@code sumsWidth} numbers each; the leaf's are added from {@code column} on
   */
  public void add(int tree, float[] block, int rows, double[] sums, int sumsWidth, int column) {
    for (int row = 0; row < rows; row++) {
      int leaf = leaf(roots[tree], block, row * features);
      int sum = row * sumsWidth + column;
      for (int k = 0; k < width; k++) {
        sums[sum + k] += values[leaf + k];
      }
    }
  }

  /** Where the values of the leaf start that the row comes to. */
  private int leaf(int root, float[] block, int row) {
    int node = root << SHIFT;
    int feature = nodes[node + FEATURE];
    while (feature >= 0) {
      float value = block[row + feature];
      int child = nodes[node + CHILD];
      if (value <= Float.intBitsToFloat(nodes[node + THRESHOLD])) {
        node = child << SHIFT;
      } else if (value == value) {
        node = child + 1 << SHIFT;
      } else {
        node = child + 1 - nodes[node + MISSING] << SHIFT;
      }
      feature = nodes[node + FEATURE];
    }
    return nodes[node + CHILD];
  }

  /** Collects trees. */
  public static final class Builder {

    private final int features;
    private final int width;
    private int[] roots = new int[16];
    private int trees;
    private int[] nodes = new int[256];
    private int nodeCount;
    private double[] values = new double[64];
    private int valueCount;

    private Builder(int features, int width) {
      this.features = features;
      this.width = width;
    }

    /**
     * Adds a tree.
     *
     * @param columns for each of the tree's features the column of a row; null if they are the same
     */
    public Builder add(TreeNodes tree, int[] columns, LeafValues leafValues) {
      if (trees == roots.length) {
        roots = Arrays.copyOf(roots, 2 * trees);
      }
      roots[trees++] = place(1);
      // Nodes that wait: their number in the tree, their place here, and their depth.
      int[] waiting = new int[64];
      int top = 0;
      waiting[top++] = 0;
      waiting[top++] = roots[trees - 1];
      waiting[top++] = 0;
      while (top > 0) {
        int depth = waiting[--top];
        int at = waiting[--top] << SHIFT;
        int node = waiting[--top];
        if (tree.isLeaf(node)) {
          nodes[at + FEATURE] = -1;
          nodes[at + CHILD] = valueCount;
          values = room(values, valueCount + width);
          leafValues.write(node, depth, values, valueCount);
          valueCount += width;
          continue;
        }
        int feature = tree.feature()[node];
        int child = place(2);
        nodes[at + FEATURE] = columns == null ? feature : columns[feature];
        nodes[at + THRESHOLD] = Float.floatToRawIntBits(floor(tree.threshold()[node]));
        nodes[at + CHILD] = child;
        nodes[at + MISSING] = tree.missingGoesLeft(node) ? 1 : 0;
        if (top + 6 > waiting.length) {
          waiting = Arrays.copyOf(waiting, 2 * waiting.length);
        }
        waiting[top++] = tree.right()[node];
        waiting[top++] = child + 1;
        waiting[top++] = depth + 1;
        waiting[top++] = tree.left()[node];
        waiting[top++] = child;
        waiting[top++] = depth + 1;
      }
      return this;
    }

    public Trees build() {
      return new Trees(
          features,
          width,
          Arrays.copyOf(roots, trees),
          Arrays.copyOf(nodes, nodeCount << SHIFT),
          Arrays.copyOf(values, valueCount));
    }

    private int place(int count) {
      int first = nodeCount;
      nodeCount += count;
      if (nodeCount << SHIFT > nodes.length) {
        nodes = Arrays.copyOf(nodes, nodes.length + (nodes.length >> 1) + 8);
      }
      return first;
    }

    private static double[] room(double[] numbers, int count) {
      return count <= numbers.length
          ? numbers
          : Arrays.copyOf(numbers, Math.max(count, numbers.length + (numbers.length >> 1)));
    }

    /** The largest float32 that is not above the threshold. */
    private static float floor(double threshold) {
      float rounded = (float) threshold;
      return rounded > threshold ? Math.nextDown(rounded) : rounded;
    }
  }
}
