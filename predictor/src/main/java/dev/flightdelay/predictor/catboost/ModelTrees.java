package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Features;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code TModelTrees}: the features, what can be asked about them, and the trees. */
final class ModelTrees {

  private static final int DEEPEST = 16;
  private static final int MAX_COLUMNS = 1_000_000;

  // TModelTrees
  private static final int DIMENSIONS = 0;
  private static final int SPLITS = 1;
  private static final int SIZES = 2;
  private static final int STARTS = 3;
  private static final int CATEGORICAL_FEATURES = 4;
  private static final int FLOAT_FEATURES = 5;
  private static final int ONE_HOT_FEATURES = 6;
  private static final int STATISTICS = 7;
  private static final int LEAVES = 8;
  private static final int LEAF_WEIGHTS = 9;
  private static final int STEPS = 10;
  private static final int LEAF_OF_NODE = 11;
  private static final int TEXT_FEATURES = 12;
  private static final int ESTIMATED_FEATURES = 13;
  private static final int SCALE = 14;
  private static final int BIAS = 15;
  private static final int BIASES = 16;
  private static final int EMBEDDING_FEATURES = 18;

  // TFloatFeature, and as far as they have these TCatFeature and TOneHotFeature
  private static final int HAS_MISSING = 0;
  private static final int FLOAT_INDEX = 1;
  private static final int FLOAT_COLUMN = 2;
  private static final int FLOAT_BORDERS = 3;
  private static final int FLOAT_NAME = 4;
  private static final int FLOAT_MISSING = 5;
  private static final byte MISSING_ABOVE = 2;
  private static final int INDEX = 0;
  private static final int COLUMN = 1;
  private static final int NAME = 2;
  private static final int VALUES = 1;
  private static final int TEXTS = 2;

  // TCtrFeature
  private static final int STATISTIC = 0;
  private static final int STATISTIC_BORDERS = 1;

  private final FlatTable trees;
  private final Map<StatisticKey, FlatTable> tables;

  // What can be asked, in the order by whose numbers the trees name it.
  private int[] askedSlots = new int[64];
  private float[] askedBorders = new float[64];
  private int asked;

  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Integer> floatByIndex = new HashMap<>();
  private final Map<Integer, Integer> categoryByIndex = new HashMap<>();
  private final Map<Integer, String> samples = new HashMap<>();
  private final Set<Integer> lookedAt = new LinkedHashSet<>();

  private ModelTrees(FlatTable trees, Map<StatisticKey, FlatTable> tables) {
    this.trees = trees;
    this.tables = tables;
  }

  /**
   * @throws UnreadableModelException if it has features of a kind that is not read
   */
  static void requireKnownFeatures(FlatTable trees) {
    requireNone(trees, TEXT_FEATURES, "text features: make numbers of the texts");
    requireNone(
        trees, EMBEDDING_FEATURES, "embedding features: give each of their numbers a column");
    requireNone(
        trees, ESTIMATED_FEATURES, "features made of texts or embeddings: make numbers of them");
  }

  private static void requireNone(FlatTable trees, int field, String what) {
    if (trees.count(field) > 0) {
      throw UnreadableModelException.unsupported(
          "it was trained with %s before training, for of CatBoost's models those for numbers and categories are read"
              .formatted(what));
    }
  }

  /**
   * @param tables the tables of the target statistics
   * @throws UnreadableModelException if the parts make no model
   */
  static Ensemble read(FlatTable trees, Map<StatisticKey, FlatTable> tables) {
    return new ModelTrees(trees, tables).read();
  }

  private Ensemble read() {
    int dimensions = trees.integer(DIMENSIONS, 0);
    double[] leaves = trees.doubles(LEAVES);
    if (dimensions < 1 || dimensions > leaves.length) {
      throw UnreadableModelException.invalid(
          "it has %d leaf values for %d dimensions".formatted(leaves.length, dimensions));
    }
    double scale = trees.real(SCALE, 1);
    double[] bias = bias(dimensions);
    requireFinite(leaves);
    requireFinite(bias);
    requireFinite(new double[] {scale});
    Slots slots = slots();
    LeafWeights weights =
        LeafWeights.of(trees.doubles(LEAF_WEIGHTS), leaves, dimensions).orElse(null);
    Trees read =
        trees.count(STEPS) > 0 || trees.count(LEAF_OF_NODE) > 0
            ? asymmetric(leaves, dimensions, weights)
            : symmetric(leaves, dimensions, weights);
    return new Ensemble(slots, read, scale, bias);
  }

  private double[] bias(int dimensions) {
    double[] biases = trees.doubles(BIASES);
    if (biases.length == 0) {
      biases = new double[dimensions];
      Arrays.fill(biases, trees.real(BIAS, 0));
    }
    if (biases.length != dimensions) {
      throw UnreadableModelException.invalid(
          "it has %d biases for %d dimensions".formatted(biases.length, dimensions));
    }
    return biases;
  }

  private static void requireFinite(double[] numbers) {
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw UnreadableModelException.invalid("a leaf's value, the scale or a bias is " + number);
      }
    }
  }

  private Slots slots() {
    List<FlatTable> floats = trees.tables(FLOAT_FEATURES);
    List<FlatTable> categorical = trees.tables(CATEGORICAL_FEATURES);
    int[] numbers = new int[floats.size()];
    boolean[] missingAbove = new boolean[floats.size()];
    for (int i = 0; i < numbers.length; i++) {
      FlatTable feature = floats.get(i);
      numbers[i] = column(feature, FLOAT_COLUMN, FLOAT_NAME);
      missingAbove[i] =
          feature.octet(HAS_MISSING, 0) != 0 && feature.octet(FLOAT_MISSING, 0) == MISSING_ABOVE;
      index(floatByIndex, feature.integer(FLOAT_INDEX, -1), i);
      ask(i, feature.floats(FLOAT_BORDERS));
    }
    int[] categories = new int[categorical.size()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = column(categorical.get(i), COLUMN, NAME);
      index(categoryByIndex, categorical.get(i).integer(INDEX, -1), i);
    }
    Combination.Value[] single = single(numbers.length, categories);
    List<TargetStatistic> statistics = statistics(numbers.length + single.length);
    boolean[] used = new boolean[categories.length];
    lookedAt.forEach(feature -> used[feature] = true);
    return new Slots(
        features(numbers, categories), numbers, missingAbove, categories, used, single, statistics);
  }

  /** Remembers the column's name, which may be empty; no column is two features. */
  private int column(FlatTable feature, int columnField, int nameField) {
    int column = feature.integer(columnField, -1);
    if (column < 0
        || column >= MAX_COLUMNS
        || names.put(column, feature.text(nameField).orElse("")) != null) {
      throw UnreadableModelException.invalid(
          "it has no column, or two features, at %d".formatted(column));
    }
    return column;
  }

  private static void index(Map<Integer, Integer> byIndex, int index, int place) {
    if (byIndex.put(index, place) != null) {
      throw UnreadableModelException.invalid("two of its features have the same number");
    }
  }

  private Combination.Value[] single(int firstSlot, int[] categories) {
    List<Combination.Value> single = new ArrayList<>();
    for (FlatTable oneHot : trees.tables(ONE_HOT_FEATURES)) {
      int feature = category(oneHot.integer(INDEX, -1));
      for (int hash : oneHot.integers(VALUES)) {
        ask(firstSlot + single.size(), new float[] {0});
        single.add(new Combination.Value(feature, hash));
      }
      oneHot.texts(TEXTS).stream()
          .findFirst()
          .ifPresent(text -> samples.put(categories[feature], text));
    }
    return single.toArray(Combination.Value[]::new);
  }

  private List<TargetStatistic> statistics(int firstSlot) {
    Map<StatisticKey, StatisticTable> read = new HashMap<>();
    Map<StatisticKey, StatisticKey> placed = new HashMap<>();
    Map<Combination, Combination> shared = new HashMap<>();
    List<TargetStatistic> statistics = new ArrayList<>();
    for (FlatTable feature : trees.tables(STATISTICS)) {
      FlatTable statistic =
          feature
              .table(STATISTIC)
              .orElseThrow(() -> UnreadableModelException.invalid("a statistic is none"));
      StatisticKey key = TargetStatistic.key(statistic);
      StatisticTable table = read.computeIfAbsent(key, this::table);
      StatisticKey byPlace =
          placed.computeIfAbsent(
              key,
              k ->
                  new StatisticKey(
                      shared.computeIfAbsent(byPlace(k.combination()), c -> c),
                      k.kind(),
                      k.classifier()));
      ask(firstSlot + statistics.size(), feature.floats(STATISTIC_BORDERS));
      statistics.add(TargetStatistic.read(statistic, byPlace, table));
    }
    return List.copyOf(statistics);
  }

  private StatisticTable table(StatisticKey key) {
    FlatTable table = tables.get(key);
    if (table == null) {
      throw UnreadableModelException.invalid(
          "a target statistic's table is missing: it was saved without, or is cut short");
    }
    return StatisticTable.read(table, key.kind());
  }

  /** The same combination with the places of its features among the row's. */
  private Combination byPlace(Combination combination) {
    return new Combination(
        combination.categorical().stream().map(this::category).toList(),
        combination.borders().stream()
            .map(border -> new Combination.Border(number(border.feature()), border.border()))
            .toList(),
        combination.values().stream()
            .map(value -> new Combination.Value(category(value.feature()), value.hash()))
            .toList());
  }

  private int category(int index) {
    int place = place(categoryByIndex, index);
    lookedAt.add(place);
    return place;
  }

  private int number(int index) {
    return place(floatByIndex, index);
  }

  private static int place(Map<Integer, Integer> byIndex, int index) {
    Integer place = byIndex.get(index);
    if (place == null) {
      throw UnreadableModelException.invalid("it asks about a feature that it does not have");
    }
    return place;
  }

  private void ask(int slot, float[] borders) {
    for (float border : borders) {
      if (!Float.isFinite(border)) {
        throw UnreadableModelException.invalid("a border is " + border);
      }
      if (asked == askedSlots.length) {
        askedSlots = Arrays.copyOf(askedSlots, 2 * asked);
        askedBorders = Arrays.copyOf(askedBorders, 2 * asked);
      }
      askedSlots[asked] = slot;
      askedBorders[asked++] = border;
    }
  }

  private Features features(int[] numbers, int[] categories) {
    int width = names.keySet().stream().mapToInt(column -> column + 1).max().orElse(0);
    if (width == 0) {
      throw UnreadableModelException.invalid("it has no features");
    }
    List<String> inOrder = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      String name = names.getOrDefault(column, "");
      if (!name.isEmpty()) {
        inOrder.add(name);
      }
    }
    Features features;
    try {
      features = inOrder.size() == width ? Features.named(inOrder) : Features.unnamed(width);
    } catch (IllegalArgumentException twice) {
      throw UnreadableModelException.invalid(twice.getMessage());
    }
    if (categories.length == 0) {
      return features;
    }
    Set<Integer> texts = new LinkedHashSet<>();
    Arrays.stream(categories).forEach(texts::add);
    return features.withTexts(texts).withSamples(samples);
  }

  private Trees symmetric(double[] leaves, int dimensions, LeafWeights weights) {
    int[] depths = trees.integers(SIZES);
    int[] splits = trees.integers(SPLITS);
    long levels = 0;
    long values = 0;
    for (int depth : depths) {
      if (depth < 0 || depth > DEEPEST) {
        throw UnreadableModelException.invalid("a tree has %d levels".formatted(depth));
      }
      levels += depth;
      values += (long) dimensions << depth;
    }
    if (depths.length == 0 || levels != splits.length || values != leaves.length) {
      throw UnreadableModelException.invalid(
          "%d trees have %d splits and %d leaf values"
              .formatted(depths.length, splits.length, leaves.length));
    }
    int[] slot = new int[splits.length];
    float[] border = new float[splits.length];
    for (int i = 0; i < splits.length; i++) {
      question(splits[i], i, slot, border);
    }
    return new SymmetricTrees(slot, border, depths, leaves, dimensions, weights);
  }

  private void question(int split, int at, int[] slot, float[] border) {
    if (split < 0 || split >= asked) {
      throw UnreadableModelException.invalid(
          "a tree splits at border %d of %d".formatted(split, asked));
    }
    slot[at] = askedSlots[split];
    border[at] = askedBorders[split];
  }

  private Trees asymmetric(double[] leaves, int dimensions, LeafWeights weights) {
    int[] sizes = trees.integers(SIZES);
    int[] starts = trees.integers(STARTS);
    int[] splits = trees.integers(SPLITS);
    int[] leafOfNode = trees.integers(LEAF_OF_NODE);
    ByteBuffer steps = trees.structs(STEPS, 1);
    int nodes = splits.length;
    if (sizes.length == 0
        || starts.length != sizes.length
        || leafOfNode.length != nodes
        || steps.remaining() != 4 * nodes) {
      throw UnreadableModelException.invalid(
          "its trees' nodes have not each a split, a step and a leaf");
    }
    int[] slot = new int[nodes];
    float[] border = new float[nodes];
    int[] below = new int[nodes];
    int[] above = new int[nodes];
    for (int tree = 0; tree < sizes.length; tree++) {
      int start = starts[tree];
      if (start < 0 || sizes[tree] < 1 || sizes[tree] > nodes - start) {
        throw UnreadableModelException.invalid("a tree's nodes are outside those of the model");
      }
      for (int node = start; node < start + sizes[tree]; node++) {
        below[node] = Short.toUnsignedInt(steps.getShort(4 * node));
        above[node] = Short.toUnsignedInt(steps.getShort(4 * node + 2));
        boolean asks = below[node] != above[node];
        if (asks) {
          question(splits[node], node, slot, border);
        }
        if (Math.max(below[node], above[node]) >= start + sizes[tree] - node) {
          throw UnreadableModelException.invalid("a tree goes on outside its nodes");
        }
        boolean ends = below[node] == 0 || above[node] == 0;
        if (ends && (leafOfNode[node] < 0 || leafOfNode[node] > leaves.length - dimensions)) {
          throw UnreadableModelException.invalid("a tree ends outside its leaves");
        }
      }
    }
    return new AsymmetricTrees(
        starts, slot, border, below, above, leafOfNode, leaves, dimensions, weights);
  }
}
