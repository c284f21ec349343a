package dev.flightdelay.predictor.trees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the leaves that a block of rows comes to in many small trees, without following any path:
 * each node whose answer is "right" takes the leaves below its left child off the row's set, and
 * the first leaf that is left is the row's. All nodes of a tree are asked for all rows, in loops
 * that the compiler turns into vector instructions.
 *
 * <p>Thresholds are compared as ranks: a value's rank is how many of the column's thresholds it is
 * above, so that int arithmetic decides exactly as the comparison of the numbers would.
 *
 * @see <a href="https://doi.org/10.1145/2766462.2767733">Lucchese and others, QuickScorer (SIGIR
 *     2015)</a>, and for several rows at once <a
 *     href="https://doi.org/10.1145/2911451.2914758">Vectorized QuickScorer (SIGIR 2016)</a>
 */
public final class QuickScorer {

  /** Rows that are scored at once. */
  public static final int ROWS = 256;

  /** Below so many rows it is faster to walk through the trees. */
  public static final int MIN_ROWS = 24;

  /** One bit of an int for each. */
  private static final int MAX_LEAVES = 32;

  /** A block's ranks are to stay in a core's own cache. */
  private static final int MAX_COLUMNS = 1024;

  /** Nodes that are asked in one pass over the rows. */
  private static final int NODES = 4;

  /** The rank of what goes right wherever it comes to. */
  private static final int RIGHT = Integer.MAX_VALUE;

  // A node has three numbers: its column, the least rank that goes right, and the leaves that stay
  // then. Nodes without an effect fill a group up.
  private static final int NUMBERS = 3;
  private static final int GROUP = NODES * NUMBERS;

  private final int[] feature;
  private final boolean[] missingRight;
  // Of each column, sorted, and filled up with infinities to one less than a power of two.
  private final double[][] thresholds;
  private final int[] nodes;
  private final Tree[] trees;
  private final int[] leaves;

  /**
   * Where a tree's nodes are.
   *
   * @param firstLeaf the position of its leftmost leaf
   * @param rightLeaf the position of the leftmost leaf of its right half; -1 where it has one part
   * @param middle where the nodes of the right half begin
   * @param root the column of the root that leads to either half
   * @param rootRank the least rank that leads to the right half
   */
  private record Tree(
      int firstLeaf, int rightLeaf, int from, int middle, int to, int root, int rootRank) {}

  private QuickScorer(
      int[] feature,
      boolean[] missingRight,
      double[][] thresholds,
      int[] nodes,
      Tree[] trees,
      int[] leaves) {
    this.feature = feature;
    this.missingRight = missingRight;
    this.thresholds = thresholds;
    this.nodes = nodes;
    this.trees = trees;
    this.leaves = leaves;
  }

  /**
   * @param trees those that can be scored so; null for others, to which {@link #holds} says no, as
   *     to those that are large, and to all where they are few
   */
  public static QuickScorer of(List<? extends SplitTree> trees) {
    return new Builder(trees).build();
  }

  /** Whether a tree's leaves can be found here. */
  public boolean holds(int tree) {
    return trees[tree] != null;
  }

  /** For each position that {@link Block#find} gives the number of the leaf in its tree. */
  public int[] leaves() {
    return leaves;
  }

  /** Room for one thread to score with. */
  public Block block() {
    return new Block();
  }

  /** A block of rows on their way. */
  public final class Block {

    // Arrays of their own, all with the same index: only so does the compiler know that a store
    // into a set changes no rank of another row.
    private final int[][] ranks = new int[feature.length][ROWS];
    private final int[] left = new int[ROWS];
    private final int[] right = new int[ROWS];
    private int rows;

    private Block() {}

    /**
     * Takes rows of float64, at most {@link #ROWS}.
     *
     * @param from where the first begins in the values
     */
    public void load(double[] values, int from, int width, int count) {
      rows = count;
      for (int column = 0; column < feature.length; column++) {
        double[] limits = thresholds[column];
        int missing = missingRight[column] ? RIGHT : 0;
        int[] its = ranks[column];
        int at = from + feature[column];
        for (int row = 0; row < count; row++, at += width) {
          double value = values[at];
          its[row] = value == value ? rank(limits, value) : missing;
        }
      }
    }

    /** Takes rows of float32, the first at the beginning of the values. */
    public void load(float[] values, int width, int count) {
      rows = count;
      for (int column = 0; column < feature.length; column++) {
        double[] limits = thresholds[column];
        int missing = missingRight[column] ? RIGHT : 0;
        int[] its = ranks[column];
        int at = feature[column];
        for (int row = 0; row < count; row++, at += width) {
          float value = values[at];
          its[row] = value == value ? rank(limits, value) : missing;
        }
      }
    }

    private static int rank(double[] limits, double value) {
      int rank = 0;
      for (int half = limits.length + 1 >> 1; half > 0; half >>= 1) {
        rank += value > limits[rank + half - 1] ? half : 0;
      }
      return rank;
    }

    /**
     * The positions of the rows' leaves in one tree, which the next call changes: see {@link
     * QuickScorer#leaves()}.
     */
    public int[] find(int tree) {
      Tree its = trees[tree];
      ask(its.from, its.middle, left);
      if (its.rightLeaf < 0) {
        position(left, rows, its.firstLeaf);
      } else {
        ask(its.middle, its.to, right);
        choose(ranks[its.root], its.rootRank, left, its.firstLeaf, right, its.rightLeaf, rows);
      }
      return left;
    }

    private void ask(int from, int to, int[] set) {
      if (from == to) {
        Arrays.fill(set, 0, rows, -1);
        return;
      }
      first(nodes, from, ranks, set, rows);
      for (int at = from + GROUP; at < to; at += GROUP) {
        next(nodes, at, ranks, set, rows);
      }
    }
  }

  private static void first(int[] nodes, int at, int[][] ranks, int[] set, int rows) {
    int[] a = ranks[nodes[at]];
    int rankA = nodes[at + 1];
    int keepA = nodes[at + 2];
    int[] b = ranks[nodes[at + 3]];
    int rankB = nodes[at + 4];
    int keepB = nodes[at + 5];
    int[] c = ranks[nodes[at + 6]];
    int rankC = nodes[at + 7];
    int keepC = nodes[at + 8];
    int[] d = ranks[nodes[at + 9]];
    int rankD = nodes[at + 10];
    int keepD = nodes[at + 11];
    for (int row = 0; row < rows; row++) {
      set[row] =
          (keepA | a[row] - rankA >> 31)
              & (keepB | b[row] - rankB >> 31)
              & (keepC | c[row] - rankC >> 31)
              & (keepD | d[row] - rankD >> 31);
    }
  }

  private static void next(int[] nodes, int at, int[][] ranks, int[] set, int rows) {
    int[] a = ranks[nodes[at]];
    int rankA = nodes[at + 1];
    int keepA = nodes[at + 2];
    int[] b = ranks[nodes[at + 3]];
    int rankB = nodes[at + 4];
    int keepB = nodes[at + 5];
    int[] c = ranks[nodes[at + 6]];
    int rankC = nodes[at + 7];
    int keepC = nodes[at + 8];
    int[] d = ranks[nodes[at + 9]];
    int rankD = nodes[at + 10];
    int keepD = nodes[at + 11];
    for (int row = 0; row < rows; row++) {
      set[row] =
          set[row]
              & (keepA | a[row] - rankA >> 31)
              & (keepB | b[row] - rankB >> 31)
              & (keepC | c[row] - rankC >> 31)
              & (keepD | d[row] - rankD >> 31);
    }
  }

  private static void position(int[] set, int rows, int first) {
    for (int row = 0; row < rows; row++) {
      set[row] = first + Integer.numberOfTrailingZeros(set[row]);
    }
  }

  private static void choose(
      int[] root, int rank, int[] left, int first, int[] right, int second, int rows) {
    for (int row = 0; row < rows; row++) {
      int isLeft = root[row] - rank >> 31;
      left[row] =
          (first & isLeft | second & ~isLeft)
              + Integer.numberOfTrailingZeros(left[row] & isLeft | right[row] & ~isLeft);
    }
  }

  /** Lays trees out. */
  private static final class Builder {

    private record Column(int feature, boolean missingRight) {}

    private final List<? extends SplitTree> trees;
    private final Map<Column, Integer> columns = new HashMap<>();
    private final List<Column> inOrder = new ArrayList<>();
    private final List<double[]> thresholds = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private int[] nodes = new int[1024];
    private int used;
    private int[] leaves = new int[256];
    private int leafCount;

    Builder(List<? extends SplitTree> trees) {
      this.trees = trees;
    }

    QuickScorer build() {
      boolean[] small = new boolean[trees.size()];
      for (int t = 0; t < small.length; t++) {
        small[t] = trees.get(t) != null && isSmall(trees.get(t));
        if (small[t]) {
          collect(trees.get(t), trees.get(t).root());
        }
      }
      forgetUnlessWorthwhile(small);
      sortThresholds();
      Tree[] laidOut = new Tree[small.length];
      for (int t = 0; t < small.length; t++) {
        laidOut[t] = small[t] ? layOut(trees.get(t)) : null;
      }
      int[] feature = inOrder.stream().mapToInt(Column::feature).toArray();
      boolean[] missingRight = new boolean[feature.length];
      for (int c = 0; c < feature.length; c++) {
        missingRight[c] = inOrder.get(c).missingRight();
      }
      return new QuickScorer(
          feature,
          missingRight,
          thresholds.toArray(double[][]::new),
          Arrays.copyOf(nodes, used),
          laidOut,
          Arrays.copyOf(leaves, leafCount));
    }

    /** A rank costs about as much as a walk through a tree, so that there must be more of these. */
    private void forgetUnlessWorthwhile(boolean[] small) {
      int held = 0;
      for (boolean isSmall : small) {
        held += isSmall ? 1 : 0;
      }
      if (inOrder.size() > Math.min(held, MAX_COLUMNS)) {
        Arrays.fill(small, false);
        inOrder.clear();
        thresholds.clear();
      }
    }

    /** Whether a tree, or else each half of it, has no more leaves than bits. */
    private boolean isSmall(SplitTree tree) {
      int root = tree.root();
      return leavesBelow(tree, root, MAX_LEAVES) <= MAX_LEAVES
          || leavesBelow(tree, tree.left(root), MAX_LEAVES) <= MAX_LEAVES
              && leavesBelow(tree, tree.right(root), MAX_LEAVES) <= MAX_LEAVES;
    }

    /** How many leaves are below a node; any number above {@code most} if there are more. */
    private static int leavesBelow(SplitTree tree, int node, int most) {
      // However deep a tree is, this goes no deeper than there may be leaves.
      if (tree.isLeaf(node) || most < 1) {
        return 1;
      }
      int left = leavesBelow(tree, tree.left(node), most - 1);
      return left >= most ? most + 1 : left + leavesBelow(tree, tree.right(node), most - left);
    }

    private void collect(SplitTree tree, int node) {
      if (tree.isLeaf(node)) {
        return;
      }
      Column column = new Column(tree.feature(node), tree.missingGoesRight(node));
      Integer number = columns.get(column);
      if (number == null) {
        number = inOrder.size();
        columns.put(column, number);
        inOrder.add(column);
        thresholds.add(new double[0]);
        counts.add(0);
      }
      double[] its = thresholds.get(number);
      int count = counts.get(number);
      if (count == its.length) {
        its = Arrays.copyOf(its, Math.max(8, 2 * count));
        thresholds.set(number, its);
      }
      its[count] = tree.threshold(node);
      counts.set(number, count + 1);
      collect(tree, tree.left(node));
      collect(tree, tree.right(node));
    }

    private void sortThresholds() {
      for (int c = 0; c < thresholds.size(); c++) {
        double[] distinct =
            Arrays.stream(thresholds.get(c), 0, counts.get(c))
                .map(t -> t + 0.0)
                .sorted()
                .distinct()
                .toArray();
        counts.set(c, distinct.length);
        double[] filled = Arrays.copyOf(distinct, Integer.highestOneBit(distinct.length) * 2 - 1);
        Arrays.fill(filled, distinct.length, filled.length, Double.POSITIVE_INFINITY);
        thresholds.set(c, filled);
      }
    }

    private Tree layOut(SplitTree tree) {
      int root = tree.root();
      int from = used;
      int firstLeaf = leafCount;
      if (leavesBelow(tree, root, MAX_LEAVES) <= MAX_LEAVES) {
        part(tree, root);
        return new Tree(firstLeaf, -1, from, used, used, 0, 0);
      }
      part(tree, tree.left(root));
      int middle = used;
      int rightLeaf = leafCount;
      part(tree, tree.right(root));
      int column = column(tree, root);
      return new Tree(firstLeaf, rightLeaf, from, middle, used, column, rank(tree, root, column));
    }

    private void part(SplitTree tree, int top) {
      int from = used;
      place(tree, top, leafCount);
      while ((used - from) % GROUP != 0) {
        node(0, 0, -1);
      }
    }

    /** Places the nodes below one, and gives the position behind its last leaf. */
    private void place(SplitTree tree, int node, int firstOfPart) {
      if (tree.isLeaf(node)) {
        if (leafCount == leaves.length) {
          leaves = Arrays.copyOf(leaves, 2 * leafCount);
        }
        leaves[leafCount++] = node;
        return;
      }
      int from = leafCount - firstOfPart;
      place(tree, tree.left(node), firstOfPart);
      int to = leafCount - firstOfPart;
      place(tree, tree.right(node), firstOfPart);
      // At most 31 leaves are below a left child, so that the shift is one.
      int below = (1 << to - from) - 1 << from;
      int column = column(tree, node);
      node(column, rank(tree, node, column), ~below);
    }

    private int column(SplitTree tree, int node) {
      return columns.get(new Column(tree.feature(node), tree.missingGoesRight(node)));
    }

    /** The least rank of a value above the node's threshold. */
    private int rank(SplitTree tree, int node, int column) {
      return 1
          + Arrays.binarySearch(
              thresholds.get(column), 0, counts.get(column), tree.threshold(node) + 0.0);
    }

    private void node(int column, int least, int keep) {
      if (used + NUMBERS > nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * nodes.length);
      }
      nodes[used++] = column;
      nodes[used++] = least;
      nodes[used++] = keep;
    }
  }
}
