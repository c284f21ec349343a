package dev.flightdelay.predictor.model;

/**
 * Rows to score: a row-major matrix of {@code count} rows and {@code width} columns.
 *
 * @param values at least {@code count * width} numbers; NaN is a missing value
 */
public record Rows(double[] values, int count, int width) {

  public Rows {
    if (count < 0 || width < 1 || values.length < (long) count * width) {
      throw new IllegalArgumentException(
          "%d numbers are not %d rows of %d".formatted(values.length, count, width));
    }
  }

  /** One row. */
  public static Rows of(double... row) {
    return new Rows(row, 1, row.length);
  }

  public double get(int row, int column) {
    return values[row * width + column];
  }
}
