package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pandas.Series;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A number for each category of a column: what {@code column.map(series)} of pandas looks up. A
 * missing value may be a category; what is none, as what has no number, is NaN.
 */
final class CategoryTable {

  private static final Object MISSING = new Object();

  /** A key of one's own that nothing is equal to: what is missing in a column is NaN. */
  private static final Object NONE = new Object();

  /** By text, by number (Python's 1, 1.0 and True are one key), and by {@link #MISSING}. */
  private final Map<Object, Double> numbers;

  // Rare categories by the name that they have together; empty where none are.
  private final Map<Object, Object> lumped;

  private CategoryTable(Map<Object, Double> numbers, Map<Object, Object> lumped) {
    this.numbers = numbers;
    this.lumped = lumped;
  }

  /** Reads a Series by its index; a mapping of one's own stays a dictionary before 2.5. */
  static CategoryTable read(Attributes attributes, Object given, String where) {
    Series table =
        given instanceof Map<?, ?> map
            ? new Series(map.keySet().toArray(), map.values().toArray())
            : Series.read(attributes, given, where);
    Map<Object, Double> numbers = LinkedHashMap.newLinkedHashMap(table.index().length);
    for (int i = 0; i < table.index().length; i++) {
      double number =
          switch (NumpyScalar.unwrap(table.values()[i])) {
            case null -> Double.NaN;
            case Number some when !Double.isInfinite(some.doubleValue()) -> some.doubleValue();
            default ->
                throw attributes.invalid(
                    Reason.MODEL_INVALID, where + " holds what is no finite number");
          };
      if (numbers.put(key(attributes, table.index()[i], where), number) != null) {
        throw attributes.invalid(Reason.MODEL_INVALID, where + " has the same category twice");
      }
    }
    return new CategoryTable(numbers, Map.of());
  }

  /**
   * The same where rare categories are first given a name together: {@code min_group_lumping_}.
   *
   * @param names by category; null where there are none
   */
  CategoryTable lumping(Attributes attributes, Object names, String where) {
    if (!(names instanceof Map<?, ?> map) || map.isEmpty()) {
      return this;
    }
    Map<Object, Object> byKey = new HashMap<>();
    map.forEach(
        (category, name) ->
            byKey.put(key(attributes, category, where), key(attributes, name, where)));
    return new CategoryTable(numbers, byKey);
  }

  private static Object key(Attributes attributes, Object value, String where) {
    return switch (NumpyScalar.unwrap(value)) {
      case null -> NONE;
      case String text -> text;
      case Boolean flag -> flag ? 1.0 : 0.0;
      case Number number when Double.isNaN(number.doubleValue()) -> MISSING;
      case Number number -> number.doubleValue() + 0.0;
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED, where + " has a category that is neither a text nor a number");
    };
  }

  /** The number of a cell's category; NaN if it is none. */
  double of(Rows rows, int row, int column) {
    Object key = rows.text(row, column);
    if (key == null) {
      double number = rows.get(row, column);
      key = Double.isNaN(number) ? MISSING : (Object) (number + 0.0);
    }
    return numbers.getOrDefault(lumped.getOrDefault(key, key), Double.NaN);
  }

  /** The number of a number. */
  double of(double number) {
    return numbers.getOrDefault(
        Double.isNaN(number) ? MISSING : (Object) (number + 0.0), Double.NaN);
  }

  /** Whether a text is among the categories. */
  boolean hasTexts() {
    return numbers.keySet().stream().anyMatch(String.class::isInstance)
        || lumped.keySet().stream().anyMatch(String.class::isInstance);
  }

  /** A category that is not missing, or null: a {@link String} or a {@link Double}. */
  Object sample() {
    return numbers.keySet().stream()
        .filter(key -> key != MISSING && key != NONE)
        .findFirst()
        .orElse(null);
  }
}
