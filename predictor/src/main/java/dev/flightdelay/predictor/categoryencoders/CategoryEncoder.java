package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An encoder of category_encoders: some columns are replaced by numbers of their categories, the
 * others stay as they are ({@code BaseEncoder} in its {@code utils.py}).
 */
final class CategoryEncoder implements Transformer {

  private static final int MAX_WIDTH = 1_000_000;

  /** What becomes of one column. */
  interface Encoding {

    /** The names of the columns that take its place. */
    List<Object> names(Object column);

    /** Writes the numbers of a cell. */
    void write(Rows rows, int row, int column, double[] out, int at);

    /** The categories that the column knows. */
    CategoryTable table();
  }

  private final Features features;
  // For each column its encoding; null where it stays.
  private final Encoding[] encodings;
  // For each column how many take its place, and for all of these the place of each; -1 is none.
  private final int[] widths;
  private final int[] places;
  private final int width;
  private final boolean[] refusesMissing;

  private CategoryEncoder(
      Features features,
      Encoding[] encodings,
      int[] widths,
      int[] places,
      int width,
      boolean[] refusesMissing) {
    this.features = features;
    this.encodings = encodings;
    this.widths = widths;
    this.places = places;
    this.width = width;
    this.refusesMissing = refusesMissing;
  }

  /**
   * @param encodings by the columns' names in the file
   */
  static Transformer of(Attributes attributes, Map<Object, Encoding> encodings) {
    if (attributes.value("composite_members_").orElse(null) instanceof Map<?, ?> groups
        && !groups.isEmpty()) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "composite_cols are not read; join the columns before fitting");
    }
    Map<Object, List<Object>> replaced = new HashMap<>();
    encodings.forEach((column, encoding) -> replaced.put(column, encoding.names(column)));
    Columns columns = Columns.read(attributes, replaced);
    Encoding[] byColumn = new Encoding[columns.count()];
    encodings.forEach(
        (column, encoding) -> byColumn[columns.position(attributes, column)] = encoding);
    Set<Object> dropped = dropped(attributes);
    int[] widths = new int[columns.count()];
    List<Integer> places = new ArrayList<>();
    int width = 0;
    for (int column = 0; column < widths.length; column++) {
      Object name = columns.names().get(column);
      List<Object> names = byColumn[column] == null ? List.of(name) : replaced.get(name);
      widths[column] = names.size();
      for (Object each : names) {
        places.add(dropped.contains(each) ? -1 : width++);
      }
      if (places.size() > MAX_WIDTH) {
        throw attributes.invalid(Reason.MODEL_INVALID, "it gives more columns than any model has");
      }
    }
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it gives no columns");
    }
    return new CategoryEncoder(
        features(attributes, columns, byColumn),
        byColumn,
        widths,
        places.stream().mapToInt(place -> place).toArray(),
        width,
        refusesMissing(attributes, columns));
  }

  /** {@code invariant_cols}, before 2.5 {@code drop_cols}, where these are dropped. */
  private static Set<Object> dropped(Attributes attributes) {
    Set<Object> dropped = new HashSet<>();
    if (attributes.flag("drop_invariant", false)) {
      String name = attributes.has("invariant_cols") ? "invariant_cols" : "drop_cols";
      attributes.list(name).forEach(column -> dropped.add(NumpyScalar.unwrap(column)));
    }
    return dropped;
  }

  private static Features features(Attributes attributes, Columns columns, Encoding[] encodings) {
    Set<Integer> texts = new HashSet<>();
    Set<Integer> encoded = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    for (int column = 0; column < encodings.length; column++) {
      if (encodings[column] != null) {
        encoded.add(column);
        CategoryTable table = encodings[column].table();
        if (table.hasTexts()) {
          texts.add(column);
        }
        if (table.sample() != null) {
          samples.put(column, table.sample());
        }
      }
    }
    texts.addAll(columns.otherTexts(attributes, encoded));
    return columns.features(attributes).withTexts(texts).withSamples(samples);
  }

  private static boolean[] refusesMissing(Attributes attributes, Columns columns) {
    boolean[] refuses = new boolean[columns.count()];
    if (attributes.text("handle_missing").filter("error"::equals).isPresent()) {
      for (Object column : attributes.list("cols")) {
        refuses[columns.position(attributes, column)] = true;
      }
    }
    return refuses;
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  /** What comes behind is asked of each value: those that are encoded are mostly numbers. */
  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    int[] sources = new int[width];
    for (int column = 0, at = 0; column < widths.length; column++) {
      for (int k = 0; k < widths[column]; k++, at++) {
        if (places[at] >= 0) {
          sources[places[at]] = column;
        }
      }
    }
    return Optional.of(sources);
  }

  @Override
  public Rows transform(Rows rows) {
    double[] out = new double[Math.multiplyExact(rows.count(), width)];
    String[] texts = null;
    double[] cell = new double[1];
    for (int row = 0; row < rows.count(); row++) {
      int first = 0;
      for (int column = 0; column < encodings.length; column++) {
        if (refusesMissing[column]
            && rows.text(row, column) == null
            && Double.isNaN(rows.get(row, column))) {
          throw new UnusableRowsException(
              row, column, "is missing, and the encoder takes no missing values there");
        }
        int count = widths[column];
        String text = encodings[column] == null ? rows.text(row, column) : null;
        if (cell.length < count) {
          cell = new double[count];
        }
        if (encodings[column] == null) {
          cell[0] = rows.get(row, column);
        } else {
          encodings[column].write(rows, row, column, cell, 0);
        }
        for (int k = 0; k < count; k++) {
          int place = places[first + k];
          if (place >= 0) {
            out[row * width + place] = cell[k];
            if (text != null) {
              texts = texts == null ? new String[out.length] : texts;
              texts[row * width + place] = text;
            }
          }
        }
        first += count;
      }
    }
    return new Rows(out, texts, rows.count(), width);
  }

  /** A refusal of a cell that is no category. */
  static UnusableRowsException unknown(Rows rows, int row, int column) {
    return new UnusableRowsException(
        row,
        column,
        (rows.text(row, column) != null
                ? "is a text that"
                : "is " + rows.get(row, column) + ", which")
            + " is no category that the model was fitted with");
  }
}
