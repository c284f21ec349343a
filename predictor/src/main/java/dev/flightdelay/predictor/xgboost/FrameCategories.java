package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The categories that columns of a data frame had while training, which XGBoost keeps since 3.1: a
 * value becomes the code that its category had then ({@code src/data/cat_container.h}). What is
 * none of them is taken for the next in their order: {@code SearchSorted} of {@code
 * src/encoder/ordinal.h} does not look whether it is the same. What is behind all of them is an
 * error.
 */
final class FrameCategories {

  private final List<Column> columns;

  private FrameCategories(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** The categories of one column. */
  private sealed interface Column {

    int position();

    /** The code of a cell's category or of the next one, or a number below 0. */
    int code(Rows rows, int row);

    /** A category. */
    Object sample();
  }

  private record Numbers(
      int position, NavigableMap<Double, Integer> codes, boolean whole, Double sample)
      implements Column {

    @Override
    public int code(Rows rows, int row) {
      double value = rows.get(row, position) + 0.0;
      if (rows.text(row, position) != null || whole && value != Math.rint(value)) {
        return -1;
      }
      Map.Entry<Double, Integer> next = codes.ceilingEntry(value);
      return next == null ? -1 : next.getValue();
    }
  }

  private record Texts(int position, StoredTexts texts) implements Column {

    @Override
    public int code(Rows rows, int row) {
      String text = rows.text(row, position);
      if (text == null) {
        return -1;
      }
      int position = texts.position(text);
      return position >= 0 ? position : texts.next(text);
    }

    @Override
    public Object sample() {
      return texts.sample();
    }
  }

  /**
   * Reads {@code cats} of a booster's model.
   *
   * @return null if no column has categories
   */
  static FrameCategories read(Node cats, int features) {
    List<Node> encodings = cats.objects("enc");
    if (!encodings.isEmpty() && encodings.size() != features) {
      throw invalid("categories for %d of %d features".formatted(encodings.size(), features));
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < encodings.size(); i++) {
      Node encoding = encodings.get(i);
      if (encoding.has("type")) {
        columns.add(numbers(i, encoding.numbers("values")));
      } else if (encoding.ints("offsets").length > 1) {
        columns.add(
            new Texts(i, StoredTexts.read(encoding.ints("offsets"), encoding.ints("values"))));
      }
    }
    return columns.isEmpty() ? null : new FrameCategories(columns);
  }

  private static Column numbers(int position, double[] categories) {
    if (categories.length == 0) {
      throw invalid("a column without categories");
    }
    NavigableMap<Double, Integer> codes = new TreeMap<>();
    boolean whole = true;
    for (int code = 0; code < categories.length; code++) {
      whole &= categories[code] == Math.rint(categories[code]);
      if (codes.put(categories[code] + 0.0, code) != null) {
        throw invalid("the same category twice");
      }
    }
    return new Numbers(position, codes, whole, categories[0]);
  }

  /** Whether the file has the categories of that column. */
  boolean has(int position) {
    return columns.stream().anyMatch(column -> column.position() == position);
  }

  /** The same columns, of which these take the categories. */
  Features describe(Features features) {
    Set<Integer> texts = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    for (Column column : columns) {
      if (column instanceof Texts) {
        texts.add(column.position());
      }
      samples.put(column.position(), column.sample());
    }
    return features.withTexts(texts).withSamples(samples);
  }

  /**
   * Rows {@code start} to {@code start + count} with codes in the place of categories.
   *
   * @throws UnusableRowsException if a value is behind all of its column's categories
   */
  double[] encoded(Rows rows, int start, int count) {
    int width = rows.width();
    double[] values = Arrays.copyOfRange(rows.values(), start * width, (start + count) * width);
    for (int row = 0; row < count; row++) {
      for (Column column : columns) {
        int at = row * width + column.position();
        boolean isMissing =
            rows.text(start + row, column.position()) == null && Double.isNaN(values[at]);
        if (!isMissing) {
          values[at] = code(column, rows, start + row);
        }
      }
    }
    return values;
  }

  private static int code(Column column, Rows rows, int row) {
    int code = column.code(rows, row);
    if (code >= 0) {
      return code;
    }
    throw new UnusableRowsException(
        row,
        column.position(),
        "is %s no category that the model was fitted with"
            .formatted(
                rows.text(row, column.position()) != null
                    ? "a text that is"
                    : rows.get(row, column.position()) + ", which is"));
  }

  private static ModelRefusedException invalid(String what) {
    return new ModelRefusedException(
        Reason.MODEL_INVALID, "the booster has %s; save the model again".formatted(what));
  }
}
