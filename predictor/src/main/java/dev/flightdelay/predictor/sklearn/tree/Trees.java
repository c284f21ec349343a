package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.explain.LeftCovers;
import dev.flightdelay.predictor.model.Splits;
import dev.flightdelay.predictor.trees.QuickScorer;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.Arrays;
import java.util.Optional;

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

  // The numbers of a node: its feature, with whether missing values go left in the highest bit; the
  // bits of its threshold; the position of its left child, behind which the right one is; and of a
  // leaf where its values begin. A leaf is its own right child and has the threshold NaN, so that
  // whoever is there stays: several rows can go on together until all are at leaves.
  private static final int FEATURE = 0;
  private static final int THRESHOLD = 1;
  private static final int CHILD = 2;
  private static final int VALUES = 3;
  private static final int SHIFT = 2;
  private static final int MISSING_LEFT = 1 << 31;

  /** Rows in one tree, or trees of one row, that the processor follows at once. */
  private static final int AT_ONCE = 8;

  private final int features;
  private final int width;
  private final int[] roots;
  private final int[] nodes;
  private final double[] values;
  private final long steps;
  // Null where the file does not say how many rows went which way, or nobody asked.
  private final LeftCovers covers;
  private final QuickScorer scorer;
  private final int[] scorerValues;

  private Trees(
      int features,
      int width,
      int[] roots,
      int[] nodes,
      double[] values,
      long steps,
      LeftCovers covers) {
    this.features = features;
    this.width = width;
    this.roots = roots;
    this.nodes = nodes;
    this.values = values;
    this.steps = steps;
    this.covers = covers;
    this.scorer = QuickScorer.of(Arrays.stream(roots).mapToObj(PackedTree::new).toList());
    this.scorerValues =
        Arrays.stream(scorer.leaves()).map(leaf -> nodes[(leaf << SHIFT) + VALUES]).toArray();
  }

  /** Children lie in pairs behind their tree's root, so that pairs can be counted. */
  static int coverPlace(int tree, int leftChild) {
    return leftChild - tree - 1 >> 1;
  }

  /** A tree by the positions of its nodes. */
  private final class PackedTree implements SplitTree {

    private final int root;

    PackedTree(int root) {
      this.root = root;
    }

    @Override
    public int root() {
      return root;
    }

    @Override
    public boolean isLeaf(int node) {
      return right(node) == node;
    }

    @Override
    public int left(int node) {
      return nodes[(node << SHIFT) + CHILD];
    }

    @Override
    public int right(int node) {
      return left(node) + 1;
    }

    @Override
    public int feature(int node) {
      return nodes[(node << SHIFT) + FEATURE] & ~MISSING_LEFT;
    }

    @Override
    public double threshold(int node) {
      return Float.intBitsToFloat(nodes[(node << SHIFT) + THRESHOLD]);
    }

    @Override
    public boolean missingGoesRight(int node) {
      return nodes[(node << SHIFT) + FEATURE] >= 0;
    }
  }

  /**
   * @param features the columns of a row
   * @param width how many numbers a leaf adds
   * @param size of all trees that are to be added
   */
  public static Builder builder(int features, int width, ForestSize size) {
    return new Builder(features, width, size);
  }

  public int count() {
    return roots.length;
  }

  /** The columns of a row. */
  public int features() {
    return features;
  }

  /** What the trees compare columns with. */
  public void splits(Splits.Visitor visitor) {
    for (int at = 0; at < nodes.length; at += 1 << SHIFT) {
      double threshold = Float.intBitsToFloat(nodes[at + THRESHOLD]);
      if (!Double.isNaN(threshold)) {
        visitor.split(nodes[at + FEATURE] & ~MISSING_LEFT, threshold);
      }
    }
  }

  /** How much went which way; empty where the file does not have all of it, or nobody asked. */
  Optional<LeftCovers> covers() {
    return Optional.ofNullable(covers);
  }

  int root(int tree) {
    return roots[tree];
  }

  int left(int node) {
    return nodes[(node << SHIFT) + CHILD];
  }

  int feature(int node) {
    return nodes[(node << SHIFT) + FEATURE] & ~MISSING_LEFT;
  }

  boolean goesLeft(int node, double value) {
    return value != value
        ? nodes[(node << SHIFT) + FEATURE] < 0
        : value <= Float.intBitsToFloat(nodes[(node << SHIFT) + THRESHOLD]);
  }

  double value(int leaf, int k) {
    return values[nodes[(leaf << SHIFT) + VALUES] + k];
  }

  /** The operations for a row that goes down the longest path of each tree. */
  public long operations() {
    return steps * SplitTree.STEP_OPERATIONS + (long) roots.length * width;
  }

  /** Room for one thread to add at most so many rows at once. */
  public Adder adder(int rows) {
    return new Adder(rows);
  }

  /** Adds the leaves that rows come to. */
  public final class Adder {

    private final QuickScorer.Block scoring;
    private final int[] leaves = new int[AT_ONCE];

    private Adder(int rows) {
      this.scoring = rows < QuickScorer.MIN_ROWS ? null : scorer.block();
    }

    /**
     * Adds the leaves of all trees, in their order.
     *
     * @param block rows of {@link #features()} numbers each
     * @param hasMissing whether there is a NaN among them
     * @param sums for each row as many numbers as the leaves of {@code outputs} trees have: the
     *     first tree adds to the first of these, and so on, and then it begins again
     */
    public void add(float[] block, int rows, boolean hasMissing, double[] sums, int outputs) {
      if (rows < AT_ONCE) {
        for (int row = 0; row < rows; row++) {
          addRow(block, row, hasMissing, sums, outputs);
        }
        return;
      }
      boolean quick = scoring != null && rows >= QuickScorer.MIN_ROWS;
      if (quick) {
        scoring.load(block, features, rows);
      }
      int step = width * outputs;
      for (int tree = 0; tree < roots.length; tree++) {
        int column = tree % outputs * width;
        if (quick && scorer.holds(tree)) {
          int[] found = scoring.find(tree);
          for (int row = 0; row < rows; row++) {
            addLeaf(scorerValues[found[row]], sums, row * step + column);
          }
          continue;
        }
        int row = 0;
        for (; row + AT_ONCE <= rows; row += AT_ONCE) {
          walkRows(roots[tree], block, row * features, hasMissing);
          for (int i = 0; i < AT_ONCE; i++) {
            addLeaf(nodes[leaves[i] + VALUES], sums, (row + i) * step + column);
          }
        }
        for (; row < rows; row++) {
          int leaf = leaf(roots[tree], block, row * features);
          addLeaf(nodes[leaf + VALUES], sums, row * step + column);
        }
      }
    }

    private void addRow(float[] block, int row, boolean hasMissing, double[] sums, int outputs) {
      int from = row * width * outputs;
      int tree = 0;
      for (; tree + AT_ONCE <= roots.length; tree += AT_ONCE) {
        walkTrees(tree, block, row * features, hasMissing);
        for (int i = 0; i < AT_ONCE; i++) {
          addLeaf(nodes[leaves[i] + VALUES], sums, from + (tree + i) % outputs * width);
        }
      }
      for (; tree < roots.length; tree++) {
        int leaf = leaf(roots[tree], block, row * features);
        addLeaf(nodes[leaf + VALUES], sums, from + tree % outputs * width);
      }
    }

    private void addLeaf(int leaf, double[] sums, int sum) {
      for (int k = 0; k < width; k++) {
        sums[sum + k] += values[leaf + k];
      }
    }

    private void walkRows(int root, float[] block, int row, boolean hasMissing) {
      int at = root << SHIFT;
      walk(at, at, at, at, at, at, at, at, block, row, features, hasMissing);
    }

    private void walkTrees(int tree, float[] block, int row, boolean hasMissing) {
      walk(
          roots[tree] << SHIFT,
          roots[tree + 1] << SHIFT,
          roots[tree + 2] << SHIFT,
          roots[tree + 3] << SHIFT,
          roots[tree + 4] << SHIFT,
          roots[tree + 5] << SHIFT,
          roots[tree + 6] << SHIFT,
          roots[tree + 7] << SHIFT,
          block,
          row,
          0,
          hasMissing);
    }

    /** Goes down from eight nodes at once, each with a row of its own, {@code step} apart. */
    private void walk(
        int first,
        int second,
        int third,
        int fourth,
        int fifth,
        int sixth,
        int seventh,
        int eighth,
        float[] block,
        int row,
        int step,
        boolean hasMissing) {
      int a = first;
      int b = second;
      int c = third;
      int d = fourth;
      int e = fifth;
      int f = sixth;
      int g = seventh;
      int h = eighth;
      do {
        for (int twice = 0; twice < 2; twice++) {
          a = next(a, block, row, hasMissing);
          b = next(b, block, row + step, hasMissing);
          c = next(c, block, row + 2 * step, hasMissing);
          d = next(d, block, row + 3 * step, hasMissing);
          e = next(e, block, row + 4 * step, hasMissing);
          f = next(f, block, row + 5 * step, hasMissing);
          g = next(g, block, row + 6 * step, hasMissing);
          h = next(h, block, row + 7 * step, hasMissing);
        }
      } while (!(isLeaf(a) & isLeaf(b) & isLeaf(c) & isLeaf(d) & isLeaf(e) & isLeaf(f) & isLeaf(g)
          & isLeaf(h)));
      leaves[0] = a;
      leaves[1] = b;
      leaves[2] = c;
      leaves[3] = d;
      leaves[4] = e;
      leaves[5] = f;
      leaves[6] = g;
      leaves[7] = h;
    }
  }

  private int leaf(int root, float[] block, int row) {
    int node = root << SHIFT;
    while (!isLeaf(node)) {
      node = next(node, block, row, true);
    }
    return node;
  }

  private boolean isLeaf(int node) {
    return nodes[node + CHILD] + 1 << SHIFT == node;
  }

  private int next(int node, float[] block, int row, boolean hasMissing) {
    int feature = nodes[node + FEATURE];
    float value = block[row + (feature & ~MISSING_LEFT)];
    int child = nodes[node + CHILD];
    if (hasMissing && value != value) {
      return child + (feature >= 0 ? 1 : 0) << SHIFT;
    }
    return child + (value <= Float.intBitsToFloat(nodes[node + THRESHOLD]) ? 0 : 1) << SHIFT;
  }

  /** Collects trees. */
  public static final class Builder {

    private final int features;
    private final int width;
    private int[] roots = new int[16];
    private int trees;
    private int[] nodes;
    private int nodeCount;
    private double[] values;
    private int valueCount;
    private long steps;
    private LeftCovers.Builder covers;

    private Builder(int features, int width, ForestSize size) {
      this.features = features;
      this.width = width;
      // Room for all from the start: where a large forest only just fits, there is none to grow.
      ReadingBudget.take(
          ((long) Integer.BYTES << SHIFT) * size.nodes() + (long) Double.BYTES * size.leafValues());
      this.nodes = new int[size.nodes() << SHIFT];
      this.values = new double[size.leafValues()];
    }

    /** Keeps how many rows of the training went which way in each of the trees. */
    public Builder withCovers() {
      int splits = nodes.length >> SHIFT + 1;
      ReadingBudget.take((long) Integer.BYTES * splits);
      covers = new LeftCovers.Builder(splits);
      return this;
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
      beginCovers(tree);
      // Nodes that wait: their number in the tree, their place here, and their depth.
      int[] waiting = new int[64];
      int top = 0;
      int deepest = 0;
      waiting[top++] = 0;
      waiting[top++] = roots[trees - 1];
      waiting[top++] = 0;
      while (top > 0) {
        int depth = waiting[--top];
        int at = waiting[--top] << SHIFT;
        int node = waiting[--top];
        if (tree.isLeaf(node)) {
          deepest = Math.max(deepest, depth);
          nodes[at + FEATURE] = 0;
          nodes[at + THRESHOLD] = Float.floatToRawIntBits(Float.NaN);
          nodes[at + CHILD] = (at >> SHIFT) - 1;
          nodes[at + VALUES] = valueCount;
          values = room(values, valueCount + width);
          leafValues.write(node, depth, values, valueCount);
          valueCount += width;
          continue;
        }
        int feature = tree.feature()[node];
        int child = place(2);
        if (covers != null && tree.weights() != null) {
          covers.split(
              coverPlace(trees - 1, child),
              tree.weights()[tree.left()[node]],
              tree.weights()[tree.right()[node]]);
        }
        int column = columns == null ? feature : columns[feature];
        nodes[at + FEATURE] = tree.missingGoesLeft(node) ? column | MISSING_LEFT : column;
        nodes[at + THRESHOLD] = Float.floatToRawIntBits(floor(tree.threshold()[node]));
        nodes[at + CHILD] = child;
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
      steps += deepest + 1L;
      return this;
    }

    private void beginCovers(TreeNodes tree) {
      if (covers == null) {
        return;
      }
      if (tree.weights() == null) {
        covers.missing();
        return;
      }
      boolean areCounts = true;
      for (double weight : tree.weights()) {
        areCounts &= weight == (int) weight;
      }
      covers.tree(areCounts ? (int) tree.weights()[0] : 0);
    }

    public Trees build() {
      return new Trees(
          features,
          width,
          Arrays.copyOf(roots, trees),
          nodeCount << SHIFT == nodes.length ? nodes : Arrays.copyOf(nodes, nodeCount << SHIFT),
          valueCount == values.length ? values : Arrays.copyOf(values, valueCount),
          steps,
          covers == null ? null : covers.build());
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
