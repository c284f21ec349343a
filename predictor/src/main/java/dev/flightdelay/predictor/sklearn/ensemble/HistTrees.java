package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.LeftCovers;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Splits;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.trees.QuickScorer;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The trees of histogram gradient boosting in flat arrays: {@code _predictors}, a list of stages
 * with one tree per sum. Numbers are compared as float64; a category goes left where it is in the
 * node's set, and a missing or unknown one where the node says ({@code _predict_one_from_raw_data}
 * in scikit-learn's {@code _predictor.pyx}).
 */
final class HistTrees {

  private static final int SET = 8;
  private static final int LEAF = -1;
  private static final int NUMBER = -1;

  private final int sums;
  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final int[] left;
  private final int[] right;
  private final boolean[] missingLeft;
  private final int[] leftSet;
  private final int[] sets;
  private final int[][] known;
  // Null where the file does not say how many rows came to each node.
  private final LeftCovers covers;
  private final QuickScorer scorer;
  private final double[] scorerValues;

  private HistTrees(Builder builder, int sums, int[][] known) {
    this.sums = sums;
    this.roots = builder.roots.stream().mapToInt(Integer::intValue).toArray();
    this.feature = Arrays.copyOf(builder.feature, builder.count);
    this.threshold = Arrays.copyOf(builder.threshold, builder.count);
    this.left = Arrays.copyOf(builder.left, builder.count);
    this.right = Arrays.copyOf(builder.right, builder.count);
    this.missingLeft = Arrays.copyOf(builder.missingLeft, builder.count);
    this.leftSet = Arrays.copyOf(builder.leftSet, builder.count);
    this.sets = Arrays.copyOf(builder.sets, builder.setCount * SET);
    this.known = known;
    this.covers = builder.covers.build();
    List<NumericTree> numeric = new ArrayList<>();
    for (int tree = 0; tree < roots.length; tree++) {
      numeric.add(hasCategories(tree) ? null : new NumericTree(roots[tree]));
    }
    this.scorer = QuickScorer.of(numeric);
    this.scorerValues = Arrays.stream(scorer.leaves()).mapToDouble(n -> threshold[n]).toArray();
  }

  /** What the trees compare columns with; sets of categories are not told. */
  void splits(Splits.Visitor visitor) {
    for (int node = 0; node < feature.length; node++) {
      if (feature[node] != LEAF && leftSet[node] == NUMBER) {
        visitor.split(feature[node], threshold[node]);
      }
    }
  }

  private boolean hasCategories(int tree) {
    int end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    for (int node = roots[tree]; node < end; node++) {
      if (feature[node] != LEAF && leftSet[node] != NUMBER) {
        return true;
      }
    }
    return false;
  }

  /** A tree without categories. */
  private final class NumericTree implements SplitTree {

    private final int root;

    NumericTree(int root) {
      this.root = root;
    }

    @Override
    public int root() {
      return root;
    }

    @Override
    public boolean isLeaf(int node) {
      return feature[node] == LEAF;
    }

    @Override
    public int left(int node) {
      return left[node];
    }

    @Override
    public int right(int node) {
      return right[node];
    }

    @Override
    public int feature(int node) {
      return feature[node];
    }

    @Override
    public double threshold(int node) {
      return threshold[node];
    }

    @Override
    public boolean missingGoesRight(int node) {
      return !missingLeft[node];
    }
  }

  /**
   * @param sums how many sums a row has
   * @param known for each column the set of known categories; null where it is a number
   */
  static HistTrees read(Attributes attributes, int sums, int[][] known) {
    Builder builder = new Builder(attributes, known);
    for (Object stage : attributes.list("_predictors")) {
      if (!(stage instanceof List<?> predictors) || predictors.size() != sums) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "_predictors has a stage without %d trees".formatted(sums));
      }
      for (Object predictor : predictors) {
        builder.add(attributes.object(predictor, "_predictors"));
      }
    }
    return new HistTrees(builder, sums, known);
  }

  /** How many rows went which way; empty where the file does not say it of all nodes. */
  Optional<LeftCovers> covers() {
    return Optional.ofNullable(covers);
  }

  int count() {
    return roots.length;
  }

  int features() {
    return known.length;
  }

  int sums() {
    return sums;
  }

  int root(int tree) {
    return roots[tree];
  }

  boolean isLeaf(int node) {
    return feature[node] == LEAF;
  }

  int left(int node) {
    return left[node];
  }

  int right(int node) {
    return right[node];
  }

  int feature(int node) {
    return feature[node];
  }

  double value(int leaf) {
    return threshold[leaf];
  }

  /** The operations for a row that goes down the longest path of each tree. */
  long operations() {
    long steps = 0;
    for (int root : roots) {
      steps += new NumericTree(root).longestPath();
    }
    return steps * SplitTree.STEP_OPERATIONS;
  }

  /** Room for one thread to score at most so many rows at once; null where it is not needed. */
  QuickScorer.Block block(int rows) {
    return rows < QuickScorer.MIN_ROWS ? null : scorer.block();
  }

  /**
   * Adds all trees to the sums of some rows.
   *
   * @param from where the first row begins
   * @param into for each row its sums
   */
  void add(double[] values, int from, int width, int rows, double[] into, QuickScorer.Block block) {
    boolean quick = block != null && rows >= QuickScorer.MIN_ROWS;
    if (quick) {
      block.load(values, from, width, rows);
    }
    for (int tree = 0; tree < roots.length; tree++) {
      int sum = tree % sums;
      if (quick && scorer.holds(tree)) {
        int[] found = block.find(tree);
        for (int row = 0; row < rows; row++) {
          into[row * sums + sum] += scorerValues[found[row]];
        }
      } else {
        for (int row = 0; row < rows; row++) {
          into[row * sums + sum] += value(roots[tree], values, from + row * width);
        }
      }
    }
  }

  private double value(int root, double[] row, int from) {
    int node = root;
    while (feature[node] != LEAF) {
      node = goesLeft(node, row[from + feature[node]]) ? left[node] : right[node];
    }
    return threshold[node];
  }

  boolean goesLeft(int node, double value) {
    if (Double.isNaN(value)) {
      return missingLeft[node];
    }
    return leftSet[node] == NUMBER ? value <= threshold[node] : categoryGoesLeft(node, value);
  }

  private boolean categoryGoesLeft(int node, double value) {
    if (value < 0) {
      return missingLeft[node];
    }
    // C keeps the lowest byte of a number that is too large for one.
    int category = (int) value & 0xff;
    if (isIn(sets, leftSet[node], category)) {
      return true;
    }
    return !isIn(known[feature[node]], 0, category) && missingLeft[node];
  }

  static boolean isIn(int[] sets, int from, int category) {
    return (sets[from + (category >> 5)] >>> (category & 31) & 1) != 0;
  }

  /** Collects trees; a leaf's value stands in the place of the threshold. */
  private static final class Builder {

    private final Attributes estimator;
    private final int[][] known;
    private final List<Integer> roots = new ArrayList<>();
    private int count;
    private int[] feature = new int[256];
    private double[] threshold = new double[256];
    private int[] left = new int[256];
    private int[] right = new int[256];
    private boolean[] missingLeft = new boolean[256];
    private int[] leftSet = new int[256];
    private int setCount;
    private int[] sets = new int[0];
    private final LeftCovers.Builder covers = new LeftCovers.Builder(256);

    Builder(Attributes estimator, int[][] known) {
      this.estimator = estimator;
      this.known = known;
    }

    void add(Attributes predictor) {
      NdArray nodes = predictor.array("nodes");
      predictor.orInvalid(
          "nodes",
          () -> {
            add(predictor, nodes);
            return null;
          });
    }

    private void add(Attributes predictor, NdArray nodes) {
      int size = nodes.size();
      if (size == 0) {
        throw invalid("a tree has no node");
      }
      boolean hasCategories = nodes.hasColumn("is_categorical");
      int[] isLeaf = nodes.integers("is_leaf");
      int[] columns = nodes.integers("feature_idx");
      int[] lefts = nodes.integers("left");
      int[] rights = nodes.integers("right");
      int[] missing = nodes.integers("missing_go_to_left");
      double[] values = nodes.reals("value");
      double[] thresholds =
          nodes.reals(nodes.hasColumn("num_threshold") ? "num_threshold" : "threshold");
      int[] isCategory = hasCategories ? nodes.integers("is_categorical") : new int[size];
      int[] setOf = hasCategories ? nodes.integers("bitset_idx") : new int[size];
      int firstSet = setCount;
      int setsOfTree = hasCategories ? addSets(predictor) : 0;
      makeRoom(count + size);
      int[] counts = nodes.hasColumn("count") ? nodes.integers("count") : null;
      beginCovers(counts);
      boolean[] hasParent = new boolean[size];
      for (int node = 0; node < size; node++) {
        int at = count + node;
        if (isLeaf[node] != 0) {
          if (!Double.isFinite(values[node])) {
            throw invalid("node %d is a leaf with the value %s".formatted(node, values[node]));
          }
          feature[at] = LEAF;
          threshold[at] = values[node];
          continue;
        }
        requireChild(node, lefts[node], hasParent);
        requireChild(node, rights[node], hasParent);
        int column = columns[node];
        if (column < 0 || column >= known.length) {
          throw invalid("node %d asks for feature %d of %d".formatted(node, column, known.length));
        }
        if (counts != null) {
          covers.split(at, counts[lefts[node]], counts[rights[node]]);
        }
        feature[at] = column;
        left[at] = count + lefts[node];
        right[at] = count + rights[node];
        missingLeft[at] = missing[node] != 0;
        threshold[at] = thresholds[node];
        leftSet[at] = NUMBER;
        if (isCategory[node] != 0) {
          if (setOf[node] < 0 || setOf[node] >= setsOfTree || known[column] == null) {
            throw invalid("node %d asks for categories that there are not".formatted(node));
          }
          leftSet[at] = (firstSet + setOf[node]) * SET;
        } else if (Double.isNaN(thresholds[node])) {
          throw invalid("node %d has the threshold NaN".formatted(node));
        }
      }
      roots.add(count);
      count += size;
    }

    private void beginCovers(int[] counts) {
      if (counts == null || counts[0] < 1) {
        covers.missing();
      }
      covers.tree(counts == null ? 0 : Math.max(0, counts[0]));
    }

    private void requireChild(int node, int child, boolean[] hasParent) {
      if (child <= node || child >= hasParent.length || hasParent[child]) {
        throw invalid(
            "node %d has the child %d of %d; children come after their parents, and have one"
                .formatted(node, child, hasParent.length));
      }
      hasParent[child] = true;
    }

    /** Adds a tree's sets of categories, each of 8 words of 32 bits, and gives their number. */
    private int addSets(Attributes predictor) {
      double[] words = predictor.reals("raw_left_cat_bitsets");
      if (words.length % SET != 0) {
        throw invalid("raw_left_cat_bitsets has %d words".formatted(words.length));
      }
      int added = words.length / SET;
      int from = setCount * SET;
      if (from + words.length > sets.length) {
        sets = Arrays.copyOf(sets, Math.max(from + words.length, 2 * sets.length));
      }
      for (int i = 0; i < words.length; i++) {
        sets[from + i] = (int) (long) words[i];
      }
      setCount += added;
      return added;
    }

    private void makeRoom(int size) {
      if (size <= feature.length) {
        return;
      }
      int larger = Math.max(size, feature.length + (feature.length >> 1));
      feature = Arrays.copyOf(feature, larger);
      threshold = Arrays.copyOf(threshold, larger);
      left = Arrays.copyOf(left, larger);
      right = Arrays.copyOf(right, larger);
      missingLeft = Arrays.copyOf(missingLeft, larger);
      leftSet = Arrays.copyOf(leftSet, larger);
    }

    private RuntimeException invalid(String what) {
      return estimator.invalid(Reason.MODEL_INVALID, "_predictors: " + what + "; fit it again");
    }
  }
}
