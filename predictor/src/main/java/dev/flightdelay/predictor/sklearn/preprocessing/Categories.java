package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.KnownCategories;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The categories of one column: texts, numbers, and whether a missing value is one. {@code None}
 * and NaN both mean missing here.
 */
public final class Categories {

  /** What {@link #indexOf} gives for a value that is no category. */
  static final int UNKNOWN = -1;

  private final int size;
  private final Map<String, Integer> texts = new HashMap<>();
  private final double[] numbers;
  private final int[] ofNumber;
  private final int missing;
  private final Object first;

  private Categories(Attributes attributes, Object[] values) {
    size = values.length;
    double[] found = new double[size];
    int[] position = new int[size];
    int count = 0;
    int missingAt = UNKNOWN;
    Object firstKnown = null;
    for (int i = 0; i < size; i++) {
      Object value = NumpyScalar.unwrap(values[i]);
      switch (value) {
        case null -> missingAt = missingAt == UNKNOWN ? i : missingAt;
        case String text -> {
          if (texts.put(text, i) != null) {
            throw twice(attributes);
          }
          firstKnown = firstKnown == null ? text : firstKnown;
        }
        case Double number when number.isNaN() -> missingAt = i;
        case Number number -> {
          found[count] = number.doubleValue() + 0.0;
          position[count++] = i;
          firstKnown = firstKnown == null ? (Object) number.doubleValue() : firstKnown;
        }
        case Boolean flag -> {
          found[count] = flag ? 1 : 0;
          position[count++] = i;
          firstKnown = firstKnown == null ? (Object) (flag ? 1.0 : 0.0) : firstKnown;
        }
        default ->
            throw attributes.invalid(
                Reason.UNSUPPORTED, "a category is neither a text nor a number");
      }
    }
    missing = missingAt;
    first = firstKnown;
    numbers = Arrays.copyOf(found, count);
    Arrays.sort(numbers);
    ofNumber = new int[count];
    for (int i = 0; i < count; i++) {
      int at = Arrays.binarySearch(numbers, found[i]);
      if (i > 0 && numbers[i] == numbers[i - 1]) {
        throw twice(attributes);
      }
      ofNumber[at] = position[i];
    }
  }

  private static RuntimeException twice(Attributes attributes) {
    return attributes.invalid(Reason.MODEL_INVALID, "categories_ has the same category twice");
  }

  /** Reads {@code categories_}: an array for each column. */
  public static Categories[] read(Attributes attributes) {
    List<Object> arrays = attributes.list("categories_");
    if (arrays.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "categories_ is empty");
    }
    Categories[] categories = new Categories[arrays.size()];
    for (int j = 0; j < categories.length; j++) {
      if (!(arrays.get(j) instanceof NdArray array)
          || !array.isBuilt()
          || array.dimensions() != 1
          || array.size() == 0) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "categories_ is not made of arrays of categories");
      }
      categories[j] =
          new Categories(attributes, attributes.orInvalid("categories_", array::values));
    }
    return categories;
  }

  /** Reads {@code classes_}: the labels of an encoder that takes one column of them. */
  static Categories ofLabels(Attributes attributes) {
    NdArray array = attributes.array("classes_");
    if (array.dimensions() != 1 || array.size() == 0) {
      throw attributes.invalid(Reason.STATE_INVALID, "classes_ is no array of labels");
    }
    return new Categories(attributes, attributes.orInvalid("classes_", array::values));
  }

  /**
   * The columns, which take texts where these have texts, with a category of each.
   *
   * @param only whether other categories are refused
   */
  static Features features(Attributes attributes, Categories[] categories, boolean only) {
    Map<Integer, KnownCategories> known = new HashMap<>();
    Set<Integer> texts = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    for (int j = 0; j < categories.length; j++) {
      if (!categories[j].texts.isEmpty()) {
        texts.add(j);
      }
      if (categories[j].first != null) {
        samples.put(j, categories[j].first);
        boolean missing = categories[j].missing != UNKNOWN;
        known.put(j, new KnownCategories(categories[j].values(), missing, only));
      }
    }
    return FeatureNames.read(attributes, categories.length)
        .withTexts(texts)
        .withSamples(samples)
        .withCategories(known);
  }

  /** All but a missing one, texts in their order before numbers. */
  private List<Object> values() {
    List<Object> values = new ArrayList<>();
    texts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(text -> values.add(text.getKey()));
    for (double number : numbers) {
      values.add(number);
    }
    return values;
  }

  int size() {
    return size;
  }

  /** Whether any category is a text. */
  public boolean hasTexts() {
    return !texts.isEmpty();
  }

  /** The position of the category for a missing value, or {@link #UNKNOWN}. */
  public int missing() {
    return missing;
  }

  /** The position of a cell's category, or {@link #UNKNOWN}. */
  public int indexOf(Rows rows, int row, int column) {
    String text = rows.text(row, column);
    if (text != null) {
      Integer at = texts.get(text);
      return at == null ? UNKNOWN : at;
    }
    double number = rows.get(row, column);
    if (Double.isNaN(number)) {
      return missing;
    }
    int at = Arrays.binarySearch(numbers, number + 0.0);
    return at < 0 ? UNKNOWN : ofNumber[at];
  }

  /** A refusal of a cell that is no category. */
  static UnusableRowsException unknown(Rows rows, int row, int column) {
    String text = rows.text(row, column);
    double number = rows.get(row, column);
    String shown =
        text != null ? "a text that" : Double.isNaN(number) ? "missing, which" : number + ", which";
    return new UnusableRowsException(
        row, column, "is " + shown + " is no category that the model was fitted with");
  }
}
