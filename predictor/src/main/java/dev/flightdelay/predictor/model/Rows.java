package dev.flightdelay.predictor.model;

import java.util.Arrays;

/**
 * Rows to score: a row-major matrix of {@code count} rows and {@code width} columns.
 *
 * @param values at least {@code count * width} numbers; NaN is a missing value
 * @param texts null where all columns are numbers; else as many texts, each null where its cell is
 *     a number or missing: where there is a text the cell's number means nothing
 * @param stored null where the library has an array here; where it has a sparse matrix, the cells
 *     that it keeps, as a zero that is not kept is a missing value to some estimators
 */
public record Rows(double[] values, String[] texts, SparseRows stored, int count, int width)
    implements Table {

  public Rows {
    if (count < 0 || width < 1 || values.length < (long) count * width) {
      throw new IllegalArgumentException(
          "%d numbers are not %d rows of %d".formatted(values.length, count, width));
    }
    if (stored != null && (stored.count() != count || stored.width() != width)) {
      throw new IllegalArgumentException("the stored cells are not those of these rows");
    }
    if (texts != null && texts.length < (long) count * width) {
      throw new IllegalArgumentException(
          "%d texts are not %d rows of %d".formatted(texts.length, count, width));
    }
  }

  /** Rows of an array. */
  public Rows(double[] values, String[] texts, int count, int width) {
    this(values, texts, null, count, width);
  }

  /** Rows of numbers. */
  public Rows(double[] values, int count, int width) {
    this(values, null, null, count, width);
  }

  @Override
  public Rows dense() {
    return this;
  }

  /** The same in the form that the library has: an array, or a sparse matrix. */
  public Table asGiven() {
    return stored == null ? this : stored;
  }

  /** The rows {@code from} to {@code to} as rows of their own. */
  public Rows part(int from, int to) {
    if (from == 0 && to == count) {
      return this;
    }
    return new Rows(
        Arrays.copyOfRange(values, from * width, to * width),
        texts == null ? null : Arrays.copyOfRange(texts, from * width, to * width),
        stored == null ? null : stored.part(from, to),
        to - from,
        width);
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
