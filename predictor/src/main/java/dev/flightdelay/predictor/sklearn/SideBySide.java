package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns of several transformers, put side by side one after the other. */
public final class SideBySide {

  /** Hashed words have 1,048,576 columns where nobody says otherwise. */
  private static final int MAX_WIDTH = 1 << 22;

  /** One transformer's columns, and what they are multiplied by. */
  private record Part(Table columns, double weight) {}

  private final int count;
  private final int width;
  private final List<Part> parts = new ArrayList<>();

  public SideBySide(int count, int width) {
    this.count = count;
    this.width = width;
  }

  /** How wide they are together. */
  public static int width(Attributes attributes, List<Transformer> transformers) {
    long width = transformers.stream().mapToLong(Transformer::width).sum();
    requireWidth(attributes, width);
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "its transformers give no columns");
    }
    return (int) width;
  }

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if these are more columns than
   *     any model has
   */
  public static void requireWidth(Attributes attributes, long width) {
    if (width > MAX_WIDTH) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its transformers give %d columns".formatted(width));
    }
  }

  /** The weight of a transformer: 1 where {@code transformer_weights} says none. */
  public static double weight(Attributes attributes, Map<?, ?> weights, String name) {
    return switch (NumpyScalar.unwrap(weights.get(name))) {
      case null -> 1;
      case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
      default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID, "transformer_weights holds something that is no number");
    };
  }

  /** The next columns, times {@code weight}. */
  public void add(Table columns, double weight) {
    parts.add(new Part(columns, weight));
  }

  /** All of them: sparse if any of them is. */
  public Table table() {
    return parts.stream().anyMatch(part -> part.columns() instanceof SparseRows)
        ? sparse()
        : dense();
  }

  /** All of them as an array. */
  public Rows dense() {
    double[] values = new double[Math.multiplyExact(count, width)];
    String[] texts = null;
    int filled = 0;
    for (Part one : parts) {
      switch (one.columns()) {
        case SparseRows cells -> fill(values, filled, cells, one.weight());
        case Rows part -> {
          fill(values, filled, part, one.weight());
          if (part.texts() != null) {
            texts = texts == null ? new String[values.length] : texts;
            fill(texts, filled, part);
          }
        }
      }
      filled += one.columns().width();
    }
    return new Rows(values, texts, count, width);
  }

  private void fill(double[] values, int filled, SparseRows cells, double weight) {
    for (int row = 0; row < count; row++) {
      int to = row * width + filled;
      for (int i = cells.starts()[row]; i < cells.starts()[row + 1]; i++) {
        values[to + cells.columns()[i]] = cells.values()[i] * weight;
      }
    }
  }

  private void fill(double[] values, int filled, Rows part, double weight) {
    for (int row = 0; row < count; row++) {
      int from = row * part.width();
      int to = row * width + filled;
      for (int k = 0; k < part.width(); k++) {
        values[to + k] = part.values()[from + k] * weight;
      }
    }
  }

  private void fill(String[] texts, int filled, Rows part) {
    for (int row = 0; row < count; row++) {
      System.arraycopy(part.texts(), row * part.width(), texts, row * width + filled, part.width());
    }
  }

  /** All of them as a sparse matrix: of an array the cells that are not zero. */
  public SparseRows sparse() {
    SparseRows.Builder rows = new SparseRows.Builder(count, width);
    for (int row = 0; row < count; row++) {
      int filled = 0;
      for (Part part : parts) {
        switch (part.columns()) {
          case SparseRows cells -> {
            for (int i = cells.starts()[row]; i < cells.starts()[row + 1]; i++) {
              rows.add(filled + cells.columns()[i], cells.values()[i] * part.weight());
            }
          }
          case Rows cells -> {
            for (int column = 0; column < cells.width(); column++) {
              if (cells.text(row, column) != null) {
                throw new UnusableRowsException(
                    "row %d: a text comes beside the words of another, where numbers do"
                        .formatted(row));
              }
              double value = cells.get(row, column) * part.weight();
              if (value != 0) {
                rows.add(filled + column, value);
              }
            }
          }
        }
        filled += part.columns().width();
      }
      rows.endRow();
    }
    return rows.rows();
  }
}
