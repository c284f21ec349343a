package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.explain.LeftCovers;
import java.util.Arrays;
import java.util.Set;

/**
 * Checks trees one by one and puts them behind each other: each with its nodes in preorder, so that
 * a row's way through a tree only leads forward.
 */
final class EnsembleBuilder {

  /** What a tree's text may have; gains and weights are not read. */
  static final Set<String> FIELDS =
      Set.of(
          "num_leaves",
          "num_cat",
          "split_feature",
          "split_gain",
          "threshold",
          "decision_type",
          "left_child",
          "right_child",
          "leaf_value",
          "leaf_weight",
          "leaf_count",
          "internal_value",
          "internal_weight",
          "internal_count",
          "cat_boundaries",
          "cat_threshold",
          "is_linear",
          "leaf_const",
          "num_features",
          "leaf_features",
          "leaf_coeff",
          "shrinkage");

  /** Node positions are multiplied by four, and leaf positions are counted from -1 downwards. */
  private static final int MAX_COUNT = 1 << 28;

  private static final long MAX_WORD = 0xffff_ffffL;

  private final int features;
  private final int perIteration;
  private final boolean average;

  private int trees;
  private int[] roots = new int[64];
  private Ensemble.Kind[] kinds = new Ensemble.Kind[64];
  private int nodes;
  private int[] node = new int[1024];
  private double[] threshold = new double[256];
  private int leaves;
  private double[] leaf = new double[256];
  private int sets;
  private int[] setEnd = new int[16];
  private int[] word = new int[16];
  private boolean linear;
  private double[] constant = new double[0];
  private int terms;
  private int[] termStart = new int[0];
  private int[] termEnd = new int[0];
  private int[] termFeature = new int[16];
  private double[] coefficient = new double[16];
  private final LeftCovers.Builder covers = new LeftCovers.Builder(256);

  EnsembleBuilder(int features, int perIteration, boolean average) {
    this.features = features;
    this.perIteration = perIteration;
    this.average = average;
  }

  /**
   * @param kept whether the tree is added after it is checked
   * @throws UnreadableTextException if it is no tree
   */
  void add(TextFields fields, int tree, boolean kept) {
    int nodesBefore = nodes;
    int leavesBefore = leaves;
    int setsBefore = sets;
    int termsBefore = terms;
    int count = fields.integer("num_leaves", 1, MAX_COUNT);
    int categories = fields.integer("num_cat", 0, MAX_COUNT);
    double[] values = fields.reals("leaf_value", count);
    requireRoom(count, tree);
    leaf = grown(leaf, leaves + count);
    int root = ~leaves;
    boolean zeros = false;
    Counts counts = kept ? Counts.read(fields, count) : Counts.UNKNOWN;
    if (kept) {
      covers.tree(counts.root());
    }
    if (count > 1) {
      addSets(fields, tree, categories);
      root = 4 * nodes;
      zeros = addNodes(fields, tree, count, categories, setsBefore, kept ? counts : null);
    }
    System.arraycopy(values, 0, leaf, leaves, count);
    leaves += count;
    boolean isLinear = fields.has("is_linear") && fields.integer("is_linear", 0, 1) == 1;
    if (isLinear) {
      addTerms(fields, tree, count);
    }
    if (!kept) {
      nodes = nodesBefore;
      leaves = leavesBefore;
      sets = setsBefore;
      terms = termsBefore;
      return;
    }
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, 2 * trees);
      kinds = Arrays.copyOf(kinds, 2 * trees);
    }
    roots[trees] = root;
    linear |= isLinear;
    kinds[trees++] =
        isLinear
            ? Ensemble.Kind.LINEAR
            : zeros || categories > 0 ? Ensemble.Kind.ANY : Ensemble.Kind.NUMERIC;
  }

  private void requireRoom(int count, int tree) {
    if ((long) leaves + count > MAX_COUNT) {
      throw UnreadableTextException.unsupported(
          "tree %d is one of more than %d leaves in all".formatted(tree, MAX_COUNT));
    }
  }

  private void addSets(TextFields fields, int tree, int categories) {
    if (categories == 0) {
      return;
    }
    if (categories > fields.count("cat_boundaries")) {
      throw UnreadableTextException.invalid(
          "tree %d has more sets of categories than boundaries".formatted(tree));
    }
    int[] boundaries = fields.integers("cat_boundaries", categories + 1, 0, MAX_COUNT);
    for (int i = 0; i < categories; i++) {
      if (boundaries[0] != 0 || boundaries[i] >= boundaries[i + 1]) {
        throw UnreadableTextException.invalid(
            "tree %d has sets of categories that are not one behind the other".formatted(tree));
      }
    }
    int[] words = fields.integers("cat_threshold", boundaries[categories], 0, MAX_WORD);
    int before = sets == 0 ? 0 : setEnd[sets - 1];
    if ((long) before + words.length > MAX_COUNT) {
      throw UnreadableTextException.unsupported("its trees have too many categories");
    }
    setEnd = grown(setEnd, sets + categories);
    word = grown(word, before + words.length);
    System.arraycopy(words, 0, word, before, words.length);
    for (int i = 0; i < categories; i++) {
      setEnd[sets++] = before + boundaries[i + 1];
    }
  }

  /** Whether a zero is a missing value in one of the tree's nodes. */
  private boolean addNodes(
      TextFields fields, int tree, int count, int categories, int setsBefore, Counts counts) {
    int splits = count - 1;
    int[] feature = fields.integers("split_feature", splits, 0, features - 1);
    double[] limit = fields.limits("threshold", splits);
    int[] left = fields.integers("left_child", splits, -count, splits - 1);
    int[] right = fields.integers("right_child", splits, -count, splits - 1);
    int[] decision =
        fields.has("decision_type")
            ? fields.integers("decision_type", splits, 0, 11)
            : new int[splits];
    node = grown(node, 4 * (nodes + splits));
    threshold = grown(threshold, nodes + splits);
    boolean zeros = false;
    boolean[] leafSeen = new boolean[count];
    int added = 0;
    // The nodes to come, each with the place that is to point to it: at most one more than were
    // added. A tree that meets a node twice meets a leaf twice, or more nodes than it has.
    int[] waiting = new int[2 * count];
    int height = 0;
    waiting[height++] = 0;
    waiting[height++] = -1;
    while (height > 0) {
      int place = waiting[--height];
      int at = waiting[--height];
      if (at < 0) {
        if (leafSeen[~at]) {
          throw notATree(tree);
        }
        leafSeen[~at] = true;
        node[place] = ~(leaves + ~at);
        continue;
      }
      if (added == splits) {
        throw notATree(tree);
      }
      int own = 4 * (nodes + added);
      if (place >= 0) {
        node[place] = own;
      }
      int kind = decision[at];
      boolean categorical = (kind & 1) != 0;
      threshold[nodes + added] =
          categorical ? setsBefore + set(limit[at], tree, categories) : normal(limit[at]);
      node[own + 2] = feature[at];
      if (counts != null) {
        counts.tell(at, left[at], right[at], nodes + added, covers);
      }
      node[own + 3] = Ensemble.missing(categorical, (kind & 2) != 0, kind >> 2, limit[at]);
      zeros |= kind >> 2 == 1;
      added++;
      waiting[height++] = right[at];
      waiting[height++] = own + 1;
      waiting[height++] = left[at];
      waiting[height++] = own;
    }
    if (added != splits) {
      throw notATree(tree);
    }
    nodes += splits;
    return zeros;
  }

  private static UnreadableTextException notATree(int tree) {
    return UnreadableTextException.invalid(
        "tree %d is not one: a node or a leaf is reached twice, or never".formatted(tree));
  }

  private static int set(double limit, int tree, int categories) {
    if (limit >= 0 && limit < categories && limit == Math.rint(limit)) {
      return (int) limit;
    }
    throw UnreadableTextException.invalid(
        "tree %d splits by a set of categories that it does not have".formatted(tree));
  }

  /**
   * LightGBM takes every number from -1e-35 to 1e-35 for 0 before it compares; here the number is
   * compared as it is, so that a limit between them is moved to the end on its side.
   */
  private static double normal(double limit) {
    if (limit >= -Ensemble.ZERO && limit < 0) {
      return Math.nextDown(-Ensemble.ZERO);
    }
    return limit >= 0 && limit < Ensemble.ZERO ? Ensemble.ZERO : limit;
  }

  private void addTerms(TextFields fields, int tree, int count) {
    int first = leaves - count;
    constant = grown(constant, leaves);
    termStart = grown(termStart, leaves);
    termEnd = grown(termEnd, leaves);
    System.arraycopy(fields.reals("leaf_const", count), 0, constant, first, count);
    int[] counts = fields.integers("num_features", count, 0, features);
    long all = 0;
    for (int each : counts) {
      all += each;
    }
    if (all > MAX_COUNT - terms) {
      throw UnreadableTextException.invalid(
          "tree %d has more terms than its text has room for".formatted(tree));
    }
    int[] feature = fields.integers("leaf_features", (int) all, 0, features - 1);
    double[] weights = fields.reals("leaf_coeff", (int) all);
    termFeature = grown(termFeature, terms + feature.length);
    coefficient = grown(coefficient, terms + feature.length);
    System.arraycopy(feature, 0, termFeature, terms, feature.length);
    System.arraycopy(weights, 0, coefficient, terms, feature.length);
    for (int i = 0; i < count; i++) {
      termStart[first + i] = terms;
      terms += counts[i];
      termEnd[first + i] = terms;
    }
  }

  Ensemble build() {
    return new Ensemble(
        features,
        perIteration,
        average,
        Arrays.copyOf(roots, trees),
        Arrays.copyOf(kinds, trees),
        Arrays.copyOf(node, 4 * nodes),
        Arrays.copyOf(threshold, nodes),
        Arrays.copyOf(leaf, leaves),
        Arrays.copyOf(setEnd, sets),
        Arrays.copyOf(word, sets == 0 ? 0 : setEnd[sets - 1]),
        linear ? Arrays.copyOf(constant, leaves) : new double[0],
        linear ? Arrays.copyOf(termStart, leaves) : new int[0],
        linear ? Arrays.copyOf(termEnd, leaves) : new int[0],
        Arrays.copyOf(termFeature, terms),
        Arrays.copyOf(coefficient, terms),
        linear ? null : covers.build());
  }

  private static int[] grown(int[] array, int needed) {
    return needed <= array.length
        ? array
        : Arrays.copyOf(
            array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * array.length)));
  }

  private static double[] grown(double[] array, int needed) {
    return needed <= array.length
        ? array
        : Arrays.copyOf(
            array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * array.length)));
  }
}
