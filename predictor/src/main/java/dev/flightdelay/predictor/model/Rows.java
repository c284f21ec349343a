package dev.flightdelay.predictor.model;

/**
 * Rows to score: a row-major matrix of {@code count} rows and {@code width} columns.
 *
 * @param values at least {@code count * width} numbers; NaN is a missing value
 * @param texts null where all columns are numbers; else as many texts, each null where its cell is
 *     a number or missing: where there is a text the cell's number means nothing
 */
public record Rows(double[] values, String[] texts, int count, int width) implements Table {

  public Rows {
    if (count < 0 || width < 1 || values.length < (long) count * width) {
      throw new IllegalArgumentException(
          "%d numbers are not %d rows of %d".formatted(values.length, count, width));
    }
    if (texts != null && texts.length < (long) count * width) {
      throw new IllegalArgumentException(
          "%d texts are not %d rows of %d".formatted(texts.length, count, width));
    }
  }

  /** Rows of numbers. */
  public Rows(double[] values, int count, int width) {
    this(values, null, count, width);
  }

  @Override
  public Rows dense() {
    return this;
  }

  /** One row. */
  public static Rows of(double... row) {
    return new Rows(row, 1, row.length);
  }

  public double get(int row, int column) {
    return values[row * width + column];
  }

  /** The cell's text; null where it is a number or missing. */
  public String text(int row, int column) {
    return texts == null ? null : texts[row * width + column];
  }
}
