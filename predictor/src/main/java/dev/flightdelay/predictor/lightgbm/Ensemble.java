package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.explain.LeftCovers;
import dev.flightdelay.predictor.model.Splits;
import dev.flightdelay.predictor.trees.QuickScorer;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All trees of a model in a few arrays. A node has four numbers: where its left and its right child
 * are, its feature, and what it does with missing values. A child below 0 is the leaf {@code
 * ~child}.
 */
final class Ensemble {

  /** What a tree's nodes need to look at. */
  enum Kind {
    /** Numbers, of which only NaN is a missing value. */
    NUMERIC,
    /** Categories too, or numbers of which zero is a missing value. */
    ANY,
    /** The same, and its leaves are linear models. */
    LINEAR
  }

  /** LightGBM's {@code kZeroThreshold}: numbers from its negative to it are zero. */
  static final double ZERO = 1e-35f;

  private static final int NAN_RIGHT = 0;
  private static final int NAN_LEFT = 1;
  private static final int ZERO_RIGHT = 2;
  private static final int ZERO_LEFT = 3;
  private static final int CATEGORIES = 4;

  private final int features;
  private final int perIteration;
  private final boolean average;
  private final int[] roots;
  private final Kind[] kinds;
  private final int[] node;
  private final double[] threshold;
  private final double[] leaf;
  private final int[] setEnd;
  private final int[] word;
  private final double[] constant;
  private final int[] termStart;
  private final int[] termEnd;
  private final int[] termFeature;
  private final double[] coefficient;
  // Null where the file does not say how many rows came to each node, or leaves are linear models.
  private final LeftCovers covers;
  private final QuickScorer scorer;
  private final double[] scorerLeaf;

  Ensemble(
      int features,
      int perIteration,
      boolean average,
      int[] roots,
      Kind[] kinds,
      int[] node,
      double[] threshold,
      double[] leaf,
      int[] setEnd,
      int[] word,
      double[] constant,
      int[] termStart,
      int[] termEnd,
      int[] termFeature,
      double[] coefficient,
      LeftCovers covers) {
    this.features = features;
    this.perIteration = perIteration;
    this.average = average;
    this.roots = roots;
    this.kinds = kinds;
    this.node = node;
    this.threshold = threshold;
    this.leaf = leaf;
    this.setEnd = setEnd;
    this.word = word;
    this.constant = constant;
    this.termStart = termStart;
    this.termEnd = termEnd;
    this.termFeature = termFeature;
    this.coefficient = coefficient;
    this.covers = covers;
    List<SplitTree> numeric = new ArrayList<>();
    for (int tree = 0; tree < roots.length; tree++) {
      numeric.add(kinds[tree] == Kind.NUMERIC ? new NumericTree(roots[tree]) : null);
    }
    this.scorer = QuickScorer.of(numeric);
    int[] leaves = scorer.leaves();
    this.scorerLeaf = new double[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      scorerLeaf[i] = leaf[~leaves[i]];
    }
  }

  /** A tree of numbers, of which only NaN is missing. */
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
    public boolean isLeaf(int at) {
      return at < 0;
    }

    @Override
    public int left(int at) {
      return node[at];
    }

    @Override
    public int right(int at) {
      return node[at + 1];
    }

    @Override
    public int feature(int at) {
      return node[at + 2];
    }

    @Override
    public double threshold(int at) {
      return threshold[at >> 2];
    }

    @Override
    public boolean missingGoesRight(int at) {
      return node[at + 3] == NAN_RIGHT;
    }
  }

  /** What the trees compare columns with; sets of categories are not told. */
  void splits(Splits.Visitor visitor) {
    for (int at = 0; at < node.length; at += 4) {
      if (node[at + 3] != CATEGORIES) {
        visitor.split(node[at + 2], threshold[at >> 2]);
      }
    }
  }

  /** How many rows went which way; empty where the file does not say it of all nodes. */
  Optional<LeftCovers> covers() {
    return Optional.ofNullable(covers);
  }

  /** Whether a leaf is a linear model. */
  boolean isLinear() {
    return Arrays.asList(kinds).contains(Kind.LINEAR);
  }

  int count() {
    return roots.length;
  }

  int root(int tree) {
    return roots[tree];
  }

  int left(int at) {
    return node[at];
  }

  int right(int at) {
    return node[at + 1];
  }

  int feature(int at) {
    return node[at + 2];
  }

  double value(int at) {
    return leaf[~at];
  }

  /** The operations for a row that comes to the leaf that costs most in each tree. */
  long operations() {
    long steps = 0;
    for (int root : roots) {
      steps += new NumericTree(root).longestPath();
    }
    long terms = 0;
    for (int at = 0; at < termStart.length; at++) {
      terms = Math.max(terms, termEnd[at] - termStart[at]);
    }
    return steps * SplitTree.STEP_OPERATIONS + terms * roots.length;
  }

  /** Room to score {@code rows} at once; null where it is not needed. */
  QuickScorer.Block block(int rows) {
    return rows < QuickScorer.MIN_ROWS ? null : scorer.block();
  }

  /** The columns of a row. */
  int features() {
    return features;
  }

  /** The sums of a row: one for each class, or one. */
  int width() {
    return perIteration;
  }

  /** Whether a prediction, though not the raw score, is the average of the iterations. */
  boolean isAverage() {
    return average;
  }

  int iterations() {
    return roots.length / perIteration;
  }

  /**
   * What a node does with missing values, from LightGBM's decision type.
   *
   * @param missing 0 where there are none and NaN is 0; 1 where zero and NaN are, 2 where NaN is
   */
  static int missing(boolean categorical, boolean defaultLeft, int missing, double limit) {
    if (categorical) {
      return CATEGORIES;
    }
    return switch (missing) {
      case 0 -> 0 <= limit ? NAN_LEFT : NAN_RIGHT;
      case 1 -> defaultLeft ? ZERO_LEFT : ZERO_RIGHT;
      default -> defaultLeft ? NAN_LEFT : NAN_RIGHT;
    };
  }

  /**
   * Adds up the leaves that some rows reach, in the order of the trees: {@code GBDT::PredictRaw}.
   *
   * @param from where the first row begins in the values
   * @param sums a row's sums behind those of the row before
   */
  void sum(double[] values, int from, int rows, double[] sums, QuickScorer.Block block) {
    boolean missing = hasMissing(values, from, rows * features);
    boolean quick = block != null && rows >= QuickScorer.MIN_ROWS;
    if (quick) {
      block.load(values, from, features, rows);
    }
    for (int tree = 0; tree < roots.length; tree++) {
      int output = tree % perIteration;
      if (quick && scorer.holds(tree)) {
        addFound(block.find(tree), rows, sums, output);
        continue;
      }
      int root = roots[tree];
      switch (kinds[tree]) {
        case NUMERIC -> {
          if (missing) {
            addAny(root, values, from, rows, sums, output);
          } else {
            addNumeric(root, values, from, rows, sums, output);
          }
        }
        case ANY -> addAny(root, values, from, rows, sums, output);
        case LINEAR -> addLinear(root, values, from, rows, sums, output);
      }
    }
  }

  private void addFound(int[] leaves, int rows, double[] sums, int output) {
    for (int row = 0, sum = output; row < rows; row++, sum += perIteration) {
      sums[sum] += scorerLeaf[leaves[row]];
    }
  }

  private static boolean hasMissing(double[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (values[i] != values[i]) {
        return true;
      }
    }
    return false;
  }

  private void addNumeric(
      int root, double[] values, int from, int rows, double[] sums, int output) {
    for (int row = 0; row < rows; row++) {
      int base = from + row * features;
      int at = root;
      while (at >= 0) {
        at = node[at + (values[base + node[at + 2]] <= threshold[at >> 2] ? 0 : 1)];
      }
      sums[row * perIteration + output] += leaf[~at];
    }
  }

  private void addAny(int root, double[] values, int from, int rows, double[] sums, int output) {
    for (int row = 0; row < rows; row++) {
      sums[row * perIteration + output] += leaf[find(root, values, from + row * features)];
    }
  }

  /** {@code Tree::Predict} of a linear tree: where a number is missing, the leaf's own value. */
  private void addLinear(int root, double[] values, int from, int rows, double[] sums, int output) {
    for (int row = 0; row < rows; row++) {
      int base = from + row * features;
      int at = find(root, values, base);
      double sum = constant[at];
      for (int term = termStart[at]; term < termEnd[at]; term++) {
        sum += coefficient[term] * values[base + termFeature[term]];
      }
      sums[row * perIteration + output] += isComplete(at, values, base) ? sum : leaf[at];
    }
  }

  private boolean isComplete(int at, double[] values, int base) {
    for (int term = termStart[at]; term < termEnd[at]; term++) {
      if (Double.isNaN(values[base + termFeature[term]])) {
        return false;
      }
    }
    return true;
  }

  private int find(int root, double[] values, int base) {
    int at = root;
    while (at >= 0) {
      at = node[at + (goesLeft(at, values[base + node[at + 2]]) ? 0 : 1)];
    }
    return ~at;
  }

  boolean goesLeft(int at, double value) {
    double limit = threshold[at >> 2];
    return switch (node[at + 3]) {
      case NAN_RIGHT -> value <= limit;
      case NAN_LEFT -> value <= limit || value != value;
      case ZERO_RIGHT -> value <= limit && !isZero(value);
      case ZERO_LEFT -> value <= limit || value != value || isZero(value);
      default -> contains((int) limit, value);
    };
  }

  private static boolean isZero(double value) {
    return value >= -ZERO && value <= ZERO;
  }

  /**
   * {@code Tree::CategoricalDecision}: the fraction is cut off, and what is no natural number then
   * is in no set.
   */
  private boolean contains(int set, double value) {
    if (!(value > -1 && value < 0x1p31)) {
      return false;
    }
    int category = (int) value;
    int index = (set == 0 ? 0 : setEnd[set - 1]) + (category >> 5);
    return index < setEnd[set] && (word[index] >> (category & 31) & 1) != 0;
  }
}
