package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.preprocessing.Categories;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns as the trees of histogram gradient boosting see them. From scikit-learn 1.4 on a
 * model with categories has a {@code _preprocessor}, which puts the categorical columns first, each
 * category as its position, and unknown ones as missing; before, categories are numbers as sent.
 *
 * @param sources for each column of the trees the column of a row
 * @param categories for each column of the trees its categories; null where it is not encoded
 * @param known for each column of the trees the set of known categories; null where it is a number
 */
record HistColumns(int[] sources, Categories[] categories, int[][] known, boolean areChanged) {

  private static final int SET = 8;

  static HistColumns read(Attributes attributes) {
    int width = width(attributes);
    int[][] known = known(attributes, width);
    int[] sources = new int[width];
    Categories[] categories = new Categories[width];
    if (!attributes.has("_preprocessor")) {
      Arrays.setAll(sources, column -> column);
      return new HistColumns(sources, categories, known, false);
    }
    boolean[] encoded = mask(attributes, width);
    Categories[] encoder = encoderCategories(attributes);
    int to = 0;
    for (int column = 0; column < width; column++) {
      if (encoded[column]) {
        if (to == encoder.length) {
          throw categoriesDisagree(attributes);
        }
        categories[to] = encoder[to];
        sources[to++] = column;
      }
    }
    if (to != encoder.length) {
      throw categoriesDisagree(attributes);
    }
    for (int column = 0; column < width; column++) {
      if (!encoded[column]) {
        sources[to++] = column;
      }
    }
    return new HistColumns(sources, categories, known, true);
  }

  private static int width(Attributes attributes) {
    long width =
        attributes
            .integer("n_features_in_")
            .or(() -> attributes.integer("_n_features"))
            .or(() -> attributes.integer("n_features_"))
            .orElseThrow(
                () -> attributes.invalid(Reason.STATE_INVALID, "n_features_in_ is missing"));
    long thresholds = mapper(attributes).list("bin_thresholds_").size();
    if (width < 1 || width != thresholds) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "n_features_in_ is %d, and bin_thresholds_ are for %d".formatted(width, thresholds));
    }
    return (int) width;
  }

  /** Before 0.23 its name had the underscore behind it. */
  private static Attributes mapper(Attributes attributes) {
    return attributes.object(attributes.has("_bin_mapper") ? "_bin_mapper" : "bin_mapper_");
  }

  /** {@code _BinMapper.make_known_categories_bitsets}. */
  private static int[][] known(Attributes attributes, int width) {
    Attributes mapper = mapper(attributes);
    int[][] known = new int[width][];
    if (!mapper.has("is_categorical_")) {
      return known;
    }
    double[] isCategorical = mapper.reals("is_categorical_");
    if (isCategorical.length != width) {
      throw categoriesDisagree(attributes);
    }
    List<Object> thresholds = mapper.list("bin_thresholds_");
    for (int column = 0; column < width; column++) {
      if (isCategorical[column] == 0) {
        continue;
      }
      known[column] = new int[SET];
      for (double category : numbers(attributes, thresholds.get(column), "bin_thresholds_")) {
        int bit = (int) category & 0xff;
        known[column][bit >> 5] |= 1 << (bit & 31);
      }
    }
    return known;
  }

  private static boolean[] mask(Attributes attributes, int width) {
    double[] numbers = attributes.reals("is_categorical_");
    if (numbers.length != width) {
      throw categoriesDisagree(attributes);
    }
    boolean[] mask = new boolean[width];
    for (int column = 0; column < width; column++) {
      mask[column] = numbers[column] != 0;
    }
    return mask;
  }

  private static Categories[] encoderCategories(Attributes attributes) {
    List<Object> transformers = attributes.object("_preprocessor").list("transformers_");
    if (transformers.isEmpty()
        || !(transformers.getFirst() instanceof Object[] step)
        || step.length < 2
        || !"encoder".equals(NumpyScalar.unwrap(step[0]))) {
      throw attributes.invalid(Reason.STATE_INVALID, "_preprocessor has no encoder");
    }
    return Categories.read(attributes.object(step[1], "_preprocessor"));
  }

  private static double[] numbers(Attributes attributes, Object value, String name) {
    if (!(value instanceof NdArray array) || !array.isBuilt()) {
      throw attributes.invalid(Reason.STATE_INVALID, name + " holds what is no array");
    }
    return attributes.orInvalid(name, array::reals);
  }

  private static RuntimeException categoriesDisagree(Attributes attributes) {
    return attributes.invalid(
        Reason.MODEL_INVALID, "its categories are not for as many columns as it has");
  }

  int width() {
    return sources.length;
  }

  /** The same columns, of which some take categories. */
  Features describe(Features features) {
    Set<Integer> texts = new HashSet<>();
    for (int column = 0; column < sources.length; column++) {
      if (categories[column] != null && categories[column].hasTexts()) {
        texts.add(sources[column]);
      }
    }
    return features.withTexts(texts);
  }

  /** Writes a row as the trees see it, from {@code at} on. */
  void write(Rows rows, int row, double[] into, int at) {
    for (int column = 0; column < sources.length; column++) {
      into[at + column] =
          categories[column] == null
              ? rows.get(row, sources[column])
              : position(categories[column], rows, row, sources[column]);
    }
  }

  /** What is missing is missing, also where the encoder has a category for it. */
  private static double position(Categories categories, Rows rows, int row, int column) {
    int position = categories.indexOf(rows, row, column);
    return position < 0 || position == categories.missing() ? Double.NaN : position;
  }
}
