package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The categories that columns of a pandas frame had while training: a cell's category becomes its
 * position among them, and what is none of them a missing value, as {@code _data_from_pandas} does.
 */
final class PandasCategories {

  private record Column(int position, Map<String, Integer> texts, Map<Double, Integer> numbers) {}

  private final List<Column> columns;

  private PandasCategories(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * The categories that a Booster keeps in {@code pandas_categorical}: a list for each column of
   * pandas' type category, in column order. Which columns these are only the ranges of the features
   * tell, where those of categories are numbers with colons between them.
   *
   * @return empty if the model was not trained with such columns
   */
  static Optional<PandasCategories> read(Attributes booster, List<String> infos) {
    if (!booster.has("pandas_categorical")) {
      return Optional.empty();
    }
    List<Object> lists = booster.list("pandas_categorical");
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < infos.size(); i++) {
      if (!infos.get(i).startsWith("[") && !infos.get(i).equals("none")) {
        positions.add(i);
      }
    }
    if (positions.size() != lists.size()) {
      throw booster.invalid(
          Reason.UNSUPPORTED,
          "it was trained with %d categorical columns of a pandas frame, of which it treats %d as"
                  .formatted(lists.size(), positions.size())
              + " categories, and the file does not say which; encode the others as numbers before"
              + " training");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      columns.add(column(booster, positions.get(i), infos.get(positions.get(i)), lists.get(i)));
    }
    return Optional.of(new PandasCategories(columns));
  }

  private static Column column(Attributes booster, int position, String info, Object list) {
    if (!(list instanceof List<?> categories)) {
      throw booster.invalid(
          Reason.STATE_INVALID, "pandas_categorical holds something that is not a list");
    }
    requireCodes(booster, info, categories.size());
    Map<String, Integer> texts = new HashMap<>();
    Map<Double, Integer> numbers = new HashMap<>();
    for (int code = 0; code < categories.size(); code++) {
      Integer before =
          switch (NumpyScalar.unwrap(categories.get(code))) {
            case String text -> texts.put(text, code);
            case Boolean flag -> numbers.put(flag ? 1.0 : 0.0, code);
            case Number number -> numbers.put(number.doubleValue() + 0.0, code);
            case null, default ->
                throw booster.invalid(
                    Reason.UNSUPPORTED,
                    "a category in pandas_categorical is neither a text nor a number");
          };
      if (before != null) {
        throw booster.invalid(
            Reason.MODEL_INVALID, "pandas_categorical has the same category twice");
      }
    }
    return new Column(position, Map.copyOf(texts), Map.copyOf(numbers));
  }

  /** The codes that a column had while training are positions in the list. */
  private static void requireCodes(Attributes booster, String info, int categories) {
    for (String code : info.split(":", -1)) {
      try {
        Numbers.integer(code, 0, code.length(), -1, categories - 1);
      } catch (IllegalArgumentException wrong) {
        throw booster.invalid(
            Reason.MODEL_INVALID,
            "a categorical column's codes are not those of its %d categories in pandas_categorical"
                .formatted(categories));
      }
    }
  }

  /** The columns whose categories are texts. */
  Set<Integer> textColumns() {
    Set<Integer> positions = new HashSet<>();
    for (Column column : columns) {
      if (!column.texts().isEmpty()) {
        positions.add(column.position());
      }
    }
    return positions;
  }

  /** Copies rows {@code from} to {@code to} with the categories' codes in their columns. */
  void encode(Rows rows, int from, int to, double[] values) {
    int width = rows.width();
    System.arraycopy(rows.values(), from * width, values, 0, (to - from) * width);
    for (int row = from; row < to; row++) {
      for (Column column : columns) {
        values[(row - from) * width + column.position()] = code(column, rows, row);
      }
    }
  }

  private static double code(Column column, Rows rows, int row) {
    String text = rows.text(row, column.position());
    Integer code =
        text != null
            ? column.texts().get(text)
            : column.numbers().get(rows.get(row, column.position()) + 0.0);
    return code == null ? Double.NaN : code;
  }
}
