package dev.flightdelay.predictor.sklearn.compose;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The columns that a ColumnTransformer was fitted with, and how its parts name some of them. */
final class ColumnNames {

  private static final int MAX_COLUMNS = 1_000_000;

  private final Features features;
  private final Map<?, ?> resolved;

  private ColumnNames(Features features, Map<?, ?> resolved) {
    this.features = features;
    this.resolved = resolved;
  }

  /**
   * Names from {@code feature_names_in_}, or before 1.0 {@code _feature_names_in} or {@code
   * _df_columns}; the count from {@code n_features_in_}, or before 0.24 {@code _n_features}.
   */
  static ColumnNames read(Attributes attributes) {
    Map<?, ?> resolved =
        attributes.value("_transformer_to_input_indices").orElse(null) instanceof Map<?, ?> map
            ? map
            : Map.of();
    for (String attribute : List.of("feature_names_in_", "_feature_names_in", "_df_columns")) {
      if (attributes.has(attribute)) {
        return new ColumnNames(named(attributes, attribute), resolved);
      }
    }
    long count =
        attributes
            .integer("n_features_in_")
            .or(() -> attributes.integer("_n_features"))
            .orElseThrow(
                () -> attributes.invalid(Reason.STATE_INVALID, "n_features_in_ is missing"));
    if (count < 1 || count > MAX_COLUMNS) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is " + count);
    }
    return new ColumnNames(Features.unnamed((int) count), resolved);
  }

  private static Features named(Attributes attributes, String attribute) {
    List<String> names = new ArrayList<>();
    NdArray array = attributes.array(attribute);
    for (Object name : attributes.orInvalid(attribute, array::values)) {
      // Until 1.0 a data frame's columns could be called by numbers.
      names.add(String.valueOf(name));
    }
    attributes
        .integer("n_features_in_")
        .filter(count -> count != names.size())
        .ifPresent(
            count -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "n_features_in_ is %d, and there are %d names".formatted(count, names.size()));
            });
    if (names.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, attribute + " is empty");
    }
    return attributes.orInvalid(attribute, () -> Features.named(names));
  }

  Features features() {
    return features;
  }

  /** The positions that {@code columns} means: where the file has them itself, those. */
  int[] columns(Attributes attributes, String part, Object columns) {
    Object value = resolved.get(part) instanceof List<?> positions ? positions : columns;
    return switch (value) {
      case Slice slice -> slice(attributes, slice);
      case List<?> list -> listed(attributes, list.toArray());
      case Object[] tuple -> listed(attributes, tuple);
      case NdArray array when array.isBuilt() ->
          listed(attributes, attributes.orInvalid("transformers_", array::values));
      case null, default -> new int[] {column(attributes, value)};
    };
  }

  private int[] listed(Attributes attributes, Object[] items) {
    boolean mask =
        items.length > 0
            && Arrays.stream(items).allMatch(i -> NumpyScalar.unwrap(i) instanceof Boolean);
    if (!mask) {
      return Arrays.stream(items).mapToInt(item -> column(attributes, item)).toArray();
    }
    if (items.length != features.count()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "a mask of %d columns where there are %d".formatted(items.length, features.count()));
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      if (Boolean.TRUE.equals(NumpyScalar.unwrap(items[i]))) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(i -> i).toArray();
  }

  private int column(Attributes attributes, Object item) {
    Object value = NumpyScalar.unwrap(item);
    if (value instanceof String name) {
      return features.column(name).orElseThrow(() -> unknown(attributes));
    }
    if (value instanceof Long || value instanceof Integer) {
      long position = ((Number) value).longValue();
      long column = position < 0 ? position + features.count() : position;
      if (column >= 0 && column < features.count()) {
        return (int) column;
      }
    }
    throw unknown(attributes);
  }

  private static ModelRefusedException unknown(Attributes attributes) {
    return attributes.invalid(
        Reason.MODEL_INVALID, "transformers_ names a column that it was not fitted with");
  }

  /** Python's rules for positions; between names the last one is included, as in pandas. */
  private int[] slice(Attributes attributes, Slice slice) {
    int count = features.count();
    if (slice.step() != null && !Long.valueOf(1).equals(slice.step())) {
      throw attributes.invalid(Reason.UNSUPPORTED, "a slice of columns with a step");
    }
    int start =
        switch (slice.start()) {
          case String name -> column(attributes, name);
          case Long position -> bound(position, count);
          case null, default -> 0;
        };
    int stop =
        switch (slice.stop()) {
          case String name -> column(attributes, name) + 1;
          case Long position -> bound(position, count);
          case null, default -> count;
        };
    int[] columns = new int[Math.max(0, stop - start)];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = start + i;
    }
    return columns;
  }

  private static int bound(long position, int count) {
    long from = position < 0 ? position + count : position;
    return (int) Math.clamp(from, 0L, (long) count);
  }
}
