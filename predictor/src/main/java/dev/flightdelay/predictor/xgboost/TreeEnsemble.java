package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.explain.LeftCovers;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Splits;
import dev.flightdelay.predictor.trees.QuickScorer;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Trees in flat arrays, laid out level by level with siblings side by side: a row goes to {@code
 * left} or the node behind it. A leaf leads to itself, so that all rows of a block take the same
 * number of steps, one step of each at a time, and the processor has many at once.
 */
final class TreeEnsemble implements Margins {

  private static final int DEFAULT_RIGHT = 1 << 31;
  private static final int DEEPEST_IN_STEP = 12;
  private static final int TREES_AT_ONCE = 8;
  private static final int NOT_TOGETHER = -1;

  /** Fewer rows than that are scored one by one. */
  private static final int FEW_ROWS = 8;

  private final int features;
  private final int groups;
  private final int[] roots;
  private final int[] depths;
  // Of each eight trees the steps that take them to their leaves at once, or NOT_TOGETHER.
  private final int[] stepsTogether;
  private final int[] treeGroups;
  private final float[] weights;
  private final float[] bases;

  // Of each node: its column with the default direction in the highest bit; its threshold, NaN for
  // a leaf, which no value reaches; its left child; the value of a leaf.
  private final int[] columns;
  private final float[] thresholds;
  private final int[] left;
  private final float[] values;
  // Of each node with vectors in the leaves: the numbers for all outputs, one after the other; else
  // null.
  private final float[] vectors;
  private final int[][] categories;
  private final boolean[] categorical;
  // Null where the file does not say how much of the training data came to each node.
  private final LeftCovers covers;
  private final QuickScorer scorer;
  private final float[] scorerValues;
  private int used;

  /**
   * @param bases for dart as scikit-learn's interface computes it, the base margins, which each
   *     tree's value is rounded with; else null
   * @throws ModelRefusedException if a tree is none: nodes that are not there, or reached twice, or
   *     numbers that are not finite
   */
  TreeEnsemble(
      List<RegressionTree> trees,
      int[] treeGroups,
      float[] weights,
      float[] bases,
      int features,
      int groups) {
    if (treeGroups.length < trees.size() || weights != null && weights.length < trees.size()) {
      throw invalid("has fewer groups or weights than trees");
    }
    long nodes = 0;
    boolean hasCategories = false;
    int withVectors = 0;
    for (RegressionTree tree : trees) {
      if (tree.left().length == 0) {
        throw invalid("has a tree without nodes");
      }
      nodes += tree.left().length;
      hasCategories |= tree.categories() != null;
      withVectors += tree.vectors() != null ? 1 : 0;
    }
    boolean hasVectors = withVectors > 0;
    if (hasVectors && (withVectors < trees.size() || weights != null)) {
      throw invalid("has vectors in the leaves of some trees, or weighs them");
    }
    if (nodes * (hasVectors ? groups : 1) > Integer.MAX_VALUE - 16) {
      throw invalid("has more nodes than can be served");
    }
    this.features = features;
    this.groups = groups;
    this.treeGroups = Arrays.copyOf(treeGroups, trees.size());
    this.weights = weights;
    this.bases = bases;
    roots = new int[trees.size()];
    depths = new int[trees.size()];
    columns = new int[(int) nodes];
    thresholds = new float[(int) nodes];
    left = new int[(int) nodes];
    values = new float[(int) nodes];
    vectors = hasVectors ? new float[(int) nodes * groups] : null;
    categories = hasCategories ? new int[(int) nodes][] : null;
    categorical = new boolean[trees.size()];
    LeftCovers.Builder covering = new LeftCovers.Builder((int) (nodes - trees.size()) / 2);
    for (int t = 0; t < roots.length; t++) {
      if (this.treeGroups[t] < 0 || this.treeGroups[t] >= groups) {
        throw invalid("has a tree for output %d of %d".formatted(this.treeGroups[t], groups));
      }
      if (weights != null && !Float.isFinite(weights[t])) {
        throw invalid("has a tree with the weight %s".formatted(weights[t]));
      }
      roots[t] = used;
      categorical[t] = trees.get(t).categories() != null;
      covering.tree();
      depths[t] = layOut(trees.get(t), t, covering);
    }
    covers = hasVectors ? null : covering.build();
    stepsTogether = new int[(roots.length + TREES_AT_ONCE - 1) / TREES_AT_ONCE];
    for (int i = 0; i < stepsTogether.length; i++) {
      stepsTogether[i] = stepsTogether(i * TREES_AT_ONCE);
    }
    scorer = scorer();
    scorerValues = new float[hasVectors ? 0 : scorer.leaves().length];
    for (int i = 0; i < scorerValues.length; i++) {
      scorerValues[i] = values[scorer.leaves()[i]];
    }
  }

  /** Puts a tree behind those before, and gives its depth. */
  private int layOut(RegressionTree tree, int t, LeftCovers.Builder covering) {
    int nodes = tree.left().length;
    if (nodes == 0) {
      throw invalid("has a tree without nodes");
    }
    // Each node once: what a node is reached from a second time would make a cycle.
    boolean[] reached = new boolean[nodes];
    int[] source = new int[nodes];
    int first = used;
    reached[0] = true;
    used++;
    int depth = 0;
    int endOfLevel = used;
    for (int at = first; at < used; at++) {
      if (at == endOfLevel) {
        depth++;
        endOfLevel = used;
      }
      int node = source[at - first];
      if (tree.left()[node] == -1) {
        leaf(tree, node, at);
      } else {
        split(tree, node, at);
        source[used - first] = child(tree.left()[node], reached);
        source[used - first + 1] = child(tree.right()[node], reached);
        cover(tree, node, coverPlace(t, used), covering);
        used += 2;
      }
    }
    return depth;
  }

  private static void cover(RegressionTree tree, int node, int place, LeftCovers.Builder covering) {
    if (tree.hessians() == null) {
      covering.missing();
      return;
    }
    covering.split(place, tree.hessians()[tree.left()[node]], tree.hessians()[tree.right()[node]]);
  }

  /** Children lie in pairs behind their tree's root, so that pairs can be counted. */
  static int coverPlace(int tree, int leftChild) {
    return leftChild - tree - 1 >> 1;
  }

  private static int child(int node, boolean[] reached) {
    if (node < 0 || node >= reached.length || reached[node]) {
      throw invalid(
          "has a node with the child %d, which is outside its tree or has another parent"
              .formatted(node));
    }
    reached[node] = true;
    return node;
  }

  private void leaf(RegressionTree tree, int node, int at) {
    columns[at] = 0;
    thresholds[at] = Float.NaN;
    left[at] = at;
    if (vectors == null) {
      values[at] = finite(tree.condition()[node]);
      return;
    }
    if (tree.vectors().length != (long) tree.left().length * groups) {
      throw invalid("has a tree whose leaves are not for its %d outputs".formatted(groups));
    }
    for (int group = 0; group < groups; group++) {
      vectors[at * groups + group] = finite(tree.vectors()[node * groups + group]);
    }
  }

  private static float finite(float value) {
    if (!Float.isFinite(value)) {
      throw invalid("has a leaf of %s; fit it again".formatted(value));
    }
    return value;
  }

  private void split(RegressionTree tree, int node, int at) {
    int feature = tree.feature()[node];
    if (feature < 0 || feature >= features) {
      throw invalid("looks at feature %d of %d".formatted(feature, features));
    }
    columns[at] = feature | (tree.defaultLeft()[node] ? 0 : DEFAULT_RIGHT);
    left[at] = used;
    if (tree.categories() != null && tree.categories()[node] != null) {
      categories[at] = tree.categories()[node];
      return;
    }
    // An infinite threshold is sound: everything goes to one side.
    if (Float.isNaN(tree.condition()[node])) {
      throw invalid("has a threshold that is no number; fit it again");
    }
    thresholds[at] = tree.condition()[node];
  }

  /** A tree of numbers: what is at least the condition goes right, so above the float before it. */
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
      return left[node] == node;
    }

    @Override
    public int left(int node) {
      return left[node];
    }

    @Override
    public int right(int node) {
      return left[node] + 1;
    }

    @Override
    public int feature(int node) {
      return columns[node] & ~DEFAULT_RIGHT;
    }

    @Override
    public double threshold(int node) {
      return Math.nextDown(thresholds[node]);
    }

    @Override
    public boolean missingGoesRight(int node) {
      return columns[node] < 0;
    }
  }

  @Override
  public void splits(Splits.Visitor visitor) {
    for (int node = 0; node < used; node++) {
      boolean isLeaf = left[node] == node;
      if (!isLeaf && (categories == null || categories[node] == null)) {
        visitor.split(columns[node] & ~DEFAULT_RIGHT, Math.nextDown(thresholds[node]));
      }
    }
  }

  /** How much went which way; empty where the file does not have all of it. */
  Optional<LeftCovers> covers() {
    return Optional.ofNullable(covers);
  }

  /** Whether a leaf has numbers for all outputs. */
  boolean hasVectors() {
    return vectors != null;
  }

  int count() {
    return roots.length;
  }

  int features() {
    return features;
  }

  int root(int tree) {
    return roots[tree];
  }

  boolean isLeaf(int node) {
    return left[node] == node;
  }

  int left(int node) {
    return left[node];
  }

  int feature(int node) {
    return columns[node] & ~DEFAULT_RIGHT;
  }

  int group(int tree) {
    return treeGroups[tree];
  }

  boolean goesLeft(int node, float value) {
    if (value != value) {
      return columns[node] >= 0;
    }
    return categories != null && categories[node] != null
        ? !isChosen(categories[node], value)
        : !(value >= thresholds[node]);
  }

  /** What a leaf adds, with the weight of its tree. */
  double value(int tree, int leaf) {
    return weights == null ? values[leaf] : (double) values[leaf] * weights[tree];
  }

  private QuickScorer scorer() {
    List<SplitTree> numeric = new ArrayList<>();
    for (int t = 0; t < roots.length; t++) {
      numeric.add(categorical[t] || hasLowest(t) ? null : new NumericTree(roots[t]));
    }
    return QuickScorer.of(numeric);
  }

  /** Whether a threshold is minus infinity, which no float is before. */
  private boolean hasLowest(int t) {
    int end = t + 1 < roots.length ? roots[t + 1] : used;
    for (int node = roots[t]; node < end; node++) {
      if (thresholds[node] == Float.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long operations() {
    long steps = 0;
    for (int depth : depths) {
      steps += depth + 1L;
    }
    return steps * SplitTree.STEP_OPERATIONS;
  }

  @Override
  public Adder adder(int rows) {
    QuickScorer.Block scoring = rows < QuickScorer.MIN_ROWS ? null : scorer.block();
    int[] at = new int[Math.max(rows, TREES_AT_ONCE)];
    return (block, count, hasMissing, margins) ->
        add(block, count, hasMissing, margins, at, scoring);
  }

  private void add(
      float[] block,
      int count,
      boolean hasMissing,
      float[] margins,
      int[] at,
      QuickScorer.Block scoring) {
    if (count < FEW_ROWS) {
      for (int row = 0; row < count; row++) {
        addRow(block, row, hasMissing, margins, at);
      }
      return;
    }
    boolean quick = scoring != null && count >= QuickScorer.MIN_ROWS;
    if (quick) {
      scoring.load(block, features, count);
    }
    for (int t = 0; t < roots.length; t++) {
      if (quick && scorer.holds(t)) {
        int[] found = scoring.find(t);
        if (vectors == null) {
          addValues(t, count, found, scorerValues, margins);
        } else {
          for (int row = 0; row < count; row++) {
            addVector(scorer.leaves()[found[row]], row, margins);
          }
        }
        continue;
      }
      if (categorical[t]) {
        walkCategories(t, block, count, at);
      } else if (depths[t] > DEEPEST_IN_STEP) {
        walk(t, block, count, at);
      } else if (hasMissing) {
        stepMissing(t, block, count, at);
      } else {
        step(t, block, count, at);
      }
      if (vectors == null) {
        addValues(t, count, at, values, margins);
      } else {
        for (int row = 0; row < count; row++) {
          addVector(at[row], row, margins);
        }
      }
    }
  }

  private void addVector(int leaf, int row, float[] margins) {
    for (int group = 0; group < groups; group++) {
      margins[row * groups + group] += vectors[leaf * groups + group];
    }
  }

  /** Adds one row's leaves: the processor has several trees at once instead of several rows. */
  private void addRow(float[] block, int row, boolean hasMissing, float[] margins, int[] at) {
    int start = row * features;
    for (int t = 0, together = 0; t < roots.length; t += TREES_AT_ONCE, together++) {
      int steps = stepsTogether[together];
      int trees = Math.min(TREES_AT_ONCE, roots.length - t);
      if (steps == NOT_TOGETHER) {
        for (int i = 0; i < trees; i++) {
          at[i] = leaf(t + i, block, start);
        }
      } else if (hasMissing) {
        stepTreesMissing(t, steps, block, start, at);
      } else {
        stepTrees(t, steps, block, start, at);
      }
      addLeaves(t, trees, at, row, margins);
    }
  }

  /** The steps that take eight trees from {@code t} on to their leaves, all at once. */
  private int stepsTogether(int t) {
    if (t + TREES_AT_ONCE > roots.length) {
      return NOT_TOGETHER;
    }
    int steps = 0;
    for (int i = t; i < t + TREES_AT_ONCE; i++) {
      if (categorical[i] || depths[i] > DEEPEST_IN_STEP) {
        return NOT_TOGETHER;
      }
      steps = Math.max(steps, depths[i]);
    }
    return steps;
  }

  private void addLeaves(int t, int trees, int[] at, int row, float[] margins) {
    if (vectors != null) {
      for (int i = 0; i < trees; i++) {
        addVector(at[i], row, margins);
      }
    } else if (groups == 1 && weights == null) {
      float margin = margins[row];
      for (int i = 0; i < trees; i++) {
        margin += values[at[i]];
      }
      margins[row] = margin;
    } else {
      for (int i = 0; i < trees; i++) {
        margins[row * groups + treeGroups[t + i]] += term(t + i, values[at[i]]);
      }
    }
  }

  /** Leads eight trees from {@code t} on to their leaves, which keeps them all in registers. */
  private void stepTrees(int t, int steps, float[] block, int start, int[] at) {
    int a = roots[t];
    int b = roots[t + 1];
    int c = roots[t + 2];
    int d = roots[t + 3];
    int e = roots[t + 4];
    int f = roots[t + 5];
    int g = roots[t + 6];
    int h = roots[t + 7];
    for (int i = steps; i > 0; i--) {
      a = next(a, block, start);
      b = next(b, block, start);
      c = next(c, block, start);
      d = next(d, block, start);
      e = next(e, block, start);
      f = next(f, block, start);
      g = next(g, block, start);
      h = next(h, block, start);
    }
    at[0] = a;
    at[1] = b;
    at[2] = c;
    at[3] = d;
    at[4] = e;
    at[5] = f;
    at[6] = g;
    at[7] = h;
  }

  /** A step of a row without missing values. */
  private int next(int node, float[] block, int start) {
    float value = block[start + (columns[node] & ~DEFAULT_RIGHT)];
    return left[node] + (value >= thresholds[node] ? 1 : 0);
  }

  /** The same where values are missing: one method for both would test each value of each row. */
  private void stepTreesMissing(int t, int steps, float[] block, int start, int[] at) {
    int a = roots[t];
    int b = roots[t + 1];
    int c = roots[t + 2];
    int d = roots[t + 3];
    int e = roots[t + 4];
    int f = roots[t + 5];
    int g = roots[t + 6];
    int h = roots[t + 7];
    for (int i = steps; i > 0; i--) {
      a = nextOrMissing(a, block, start);
      b = nextOrMissing(b, block, start);
      c = nextOrMissing(c, block, start);
      d = nextOrMissing(d, block, start);
      e = nextOrMissing(e, block, start);
      f = nextOrMissing(f, block, start);
      g = nextOrMissing(g, block, start);
      h = nextOrMissing(h, block, start);
    }
    at[0] = a;
    at[1] = b;
    at[2] = c;
    at[3] = d;
    at[4] = e;
    at[5] = f;
    at[6] = g;
    at[7] = h;
  }

  /** The rare case first, and alone: what is compared then is no branch that goes wrong. */
  private int nextOrMissing(int node, float[] block, int start) {
    int column = columns[node];
    float value = block[start + (column & ~DEFAULT_RIGHT)];
    if (value != value) {
      return left[node] + (column >>> 31);
    }
    return left[node] + (value >= thresholds[node] ? 1 : 0);
  }

  /** What a tree adds where a row comes to a leaf of that value. */
  private float term(int t, float value) {
    if (weights == null) {
      return value;
    }
    if (bases == null) {
      return value * weights[t];
    }
    // Dart's in-place prediction takes the base margin off each tree's prediction again.
    float base = bases[treeGroups[t]];
    return (base + value - base) * weights[t];
  }

  private void addValues(int t, int count, int[] at, float[] leafValues, float[] margins) {
    int group = treeGroups[t];
    if (weights == null) {
      for (int row = 0, sum = group; row < count; row++, sum += groups) {
        margins[sum] += leafValues[at[row]];
      }
    } else {
      for (int row = 0, sum = group; row < count; row++, sum += groups) {
        margins[sum] += term(t, leafValues[at[row]]);
      }
    }
  }

  private void step(int t, float[] block, int count, int[] at) {
    int[] itsColumns = columns;
    float[] itsThresholds = thresholds;
    int[] itsLeft = left;
    int width = features;
    Arrays.fill(at, 0, count, roots[t]);
    for (int depth = depths[t]; depth > 0; depth--) {
      for (int row = 0, start = 0; row < count; row++, start += width) {
        int node = at[row];
        float value = block[start + (itsColumns[node] & ~DEFAULT_RIGHT)];
        at[row] = itsLeft[node] + (value >= itsThresholds[node] ? 1 : 0);
      }
    }
  }

  private void stepMissing(int t, float[] block, int count, int[] at) {
    Arrays.fill(at, 0, count, roots[t]);
    for (int depth = depths[t]; depth > 0; depth--) {
      for (int row = 0, start = 0; row < count; row++, start += features) {
        at[row] = nextOrMissing(at[row], block, start);
      }
    }
  }

  private void walk(int t, float[] block, int count, int[] at) {
    for (int row = 0, start = 0; row < count; row++, start += features) {
      at[row] = leaf(t, block, start);
    }
  }

  private int leaf(int t, float[] block, int start) {
    if (categorical[t]) {
      return leafByCategories(t, block, start);
    }
    int node = roots[t];
    while (left[node] != node) {
      node = nextOrMissing(node, block, start);
    }
    return node;
  }

  private void walkCategories(int t, float[] block, int count, int[] at) {
    for (int row = 0, start = 0; row < count; row++, start += features) {
      at[row] = leafByCategories(t, block, start);
    }
  }

  private int leafByCategories(int t, float[] block, int start) {
    int node = roots[t];
    while (left[node] != node) {
      float value = block[start + (columns[node] & ~DEFAULT_RIGHT)];
      if (value == value && categories[node] != null) {
        node = left[node] + (isChosen(categories[node], value) ? 1 : 0);
      } else {
        node = nextOrMissing(node, block, start);
      }
    }
    return node;
  }

  /** {@code common::Decision}: what is no category goes left, like one that was not chosen. */
  private static boolean isChosen(int[] chosen, float value) {
    return value >= 0 && value < (1 << 24) + 1 && Arrays.binarySearch(chosen, (int) value) >= 0;
  }

  private static ModelRefusedException invalid(String what) {
    return new ModelRefusedException(Reason.MODEL_INVALID, "the booster %s".formatted(what));
  }
}
