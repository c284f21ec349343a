package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.FileSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as CatBoost writes it into a pickle, in {@code __model}: "CBM1", a length, and a
 * FlatBuffer by the schema in catboost/libs/model/flatbuffers/model.fbs.
 *
 * @param info what CatBoost wrote about the training, by name
 */
record ModelBlob(SymmetricTrees trees, Features features, Map<String, String> info) {

  private static final int MAGIC = 0x314d4243;
  private static final String VERSION = "FlabuffersModel_v1";
  private static final int DEEPEST = 16;

  // TModelCore
  private static final int FORMAT_VERSION = 0;
  private static final int TREES = 1;
  private static final int INFO = 2;
  private static final int PARTS = 3;

  // TModelTrees
  private static final int DIMENSIONS = 0;
  private static final int SPLITS = 1;
  private static final int DEPTHS = 2;
  private static final int CATEGORICAL_FEATURES = 4;
  private static final int FLOAT_FEATURES = 5;
  private static final int ONE_HOT_FEATURES = 6;
  private static final int CTR_FEATURES = 7;
  private static final int LEAVES = 8;
  private static final int ASYMMETRIC_NODES = 10;
  private static final int ASYMMETRIC_LEAVES = 11;
  private static final int TEXT_FEATURES = 12;
  private static final int ESTIMATED_FEATURES = 13;
  private static final int SCALE = 14;
  private static final int BIAS = 15;
  private static final int BIASES = 16;
  private static final int EMBEDDING_FEATURES = 18;

  // TFloatFeature
  private static final int FLAT_INDEX = 2;
  private static final int BORDERS = 3;
  private static final int NAME = 4;
  private static final int MISSING = 5;
  private static final byte MISSING_ABOVE = 2;

  /**
   * @throws ModelRefusedException if it is no model, or one of a kind that is not read
   */
  static ModelBlob read(Attributes attributes) {
    byte[] bytes =
        attributes
            .value("__model")
            .flatMap(FileSlice::copy)
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.STATE_INVALID,
                        "there is no model in it; only a fitted estimator can be served: call fit"
                            + " before pickling"));
    try {
      return read(attributes, bytes);
    } catch (IllegalArgumentException wrong) {
      throw invalid(attributes, wrong.getMessage());
    }
  }

  private static ModelBlob read(Attributes attributes, byte[] bytes) {
    ReadingBudget.take((long) Integer.BYTES * bytes.length);
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 8 || head.getInt(0) != MAGIC || head.getInt(4) != bytes.length - 8) {
      throw invalid(attributes, "it is not CBM1, a length and as many bytes");
    }
    FlatTable core = FlatTable.root(bytes, 8, bytes.length - 8);
    if (!core.text(FORMAT_VERSION).equals(Optional.of(VERSION)) || core.count(PARTS) > 0) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "its model is of another version than " + VERSION);
    }
    Map<String, String> info = new HashMap<>();
    long length = 0;
    for (FlatTable pair : core.tables(INFO)) {
      String value = pair.text(1).orElse("");
      length += value.length();
      // Many pairs may share one text in the buffer.
      if (length > bytes.length || info.put(pair.text(0).orElse(""), value) != null) {
        throw invalid(attributes, "it says the same twice");
      }
    }
    FlatTable trees =
        core.table(TREES).orElseThrow(() -> new IllegalArgumentException("it has no trees"));
    requireNumericAndSymmetric(attributes, trees);
    List<FlatTable> columns = trees.tables(FLOAT_FEATURES);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("it has no features");
    }
    return new ModelBlob(
        trees(trees, columns, bytes.length / 4), features(columns), Map.copyOf(info));
  }

  private static ModelRefusedException invalid(Attributes attributes, String what) {
    return attributes.invalid(Reason.MODEL_INVALID, "the bytes in __model: " + what);
  }

  private static void requireNumericAndSymmetric(Attributes attributes, FlatTable trees) {
    int[] others = {
      CATEGORICAL_FEATURES,
      ONE_HOT_FEATURES,
      CTR_FEATURES,
      TEXT_FEATURES,
      ESTIMATED_FEATURES,
      EMBEDDING_FEATURES
    };
    if (Arrays.stream(others).anyMatch(field -> trees.count(field) > 0)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it was trained with categorical, text or embedding features, and of CatBoost's models"
              + " only those for numbers are read; encode these as numbers before training");
    }
    if (trees.count(ASYMMETRIC_NODES) > 0 || trees.count(ASYMMETRIC_LEAVES) > 0) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "its trees are not symmetric, and of CatBoost's models only those with"
              + " grow_policy='SymmetricTree' are read");
    }
  }

  private static SymmetricTrees trees(FlatTable trees, List<FlatTable> columns, int mostBorders) {
    int dimensions = trees.integer(DIMENSIONS, 0);
    int[] depths = trees.integers(DEPTHS);
    int[] splits = trees.integers(SPLITS);
    double[] leaves = trees.doubles(LEAVES);
    double[] biases = trees.doubles(BIASES);
    double scale = trees.real(SCALE, 1);
    if (dimensions < 1
        || dimensions > leaves.length
        || biases.length != 0 && biases.length != dimensions) {
      throw new IllegalArgumentException(
          "it has %d biases for %d dimensions".formatted(biases.length, dimensions));
    }
    double[] bias = biases;
    if (biases.length == 0) {
      bias = new double[dimensions];
      Arrays.fill(bias, trees.real(BIAS, 0));
    }
    long levels = 0;
    long values = 0;
    for (int depth : depths) {
      if (depth < 0 || depth > DEEPEST) {
        throw new IllegalArgumentException("a tree has %d levels".formatted(depth));
      }
      levels += depth;
      values += (long) dimensions << depth;
    }
    if (depths.length == 0 || levels != splits.length || values != leaves.length) {
      throw new IllegalArgumentException(
          "%d trees have %d splits and %d leaf values"
              .formatted(depths.length, splits.length, leaves.length));
    }
    requireFinite(leaves);
    requireFinite(bias);
    requireFinite(new double[] {scale});
    Borders borders = borders(columns, mostBorders);
    int[] feature = new int[splits.length];
    float[] border = new float[splits.length];
    for (int i = 0; i < splits.length; i++) {
      if (splits[i] < 0 || splits[i] >= borders.border().length) {
        throw new IllegalArgumentException(
            "a tree splits at border %d of %d".formatted(splits[i], borders.border().length));
      }
      feature[i] = borders.feature()[splits[i]];
      border[i] = borders.border()[splits[i]];
    }
    boolean[] missingAbove = new boolean[columns.size()];
    for (int i = 0; i < missingAbove.length; i++) {
      missingAbove[i] = columns.get(i).octet(MISSING) == MISSING_ABOVE;
    }
    return new SymmetricTrees(feature, border, missingAbove, depths, leaves, scale, bias);
  }

  private record Borders(int[] feature, float[] border) {}

  /** The borders of all columns one behind the other: by these numbers the trees name them. */
  private static Borders borders(List<FlatTable> columns, int most) {
    int count = 0;
    for (FlatTable column : columns) {
      count = Math.addExact(count, column.count(BORDERS));
      // Columns may share their borders in the buffer, but in no honest one.
      if (count > most) {
        throw new IllegalArgumentException("its columns have more borders than it has bytes");
      }
    }
    int[] feature = new int[count];
    float[] border = new float[count];
    int at = 0;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).integer(FLAT_INDEX, -1) != i) {
        throw new IllegalArgumentException("its columns are not in their order");
      }
      for (float each : columns.get(i).floats(BORDERS)) {
        if (!Float.isFinite(each)) {
          throw new IllegalArgumentException("a border is " + each);
        }
        feature[at] = i;
        border[at++] = each;
      }
    }
    return new Borders(feature, border);
  }

  private static void requireFinite(double[] numbers) {
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a leaf's value, the scale or a bias is " + number);
      }
    }
  }

  private static Features features(List<FlatTable> columns) {
    List<String> names = new ArrayList<>();
    for (FlatTable column : columns) {
      column.text(NAME).filter(name -> !name.isEmpty()).ifPresent(names::add);
    }
    return names.size() == columns.size()
        ? Features.named(names)
        : Features.unnamed(columns.size());
  }
}
