package dev.flightdelay.predictor.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Rows of numbers of which nearly all are zeros, as SciPy's {@code csr_matrix} keeps them: the
 * words of a text are some tens of ten thousands of columns.
 *
 * @param starts (count + 1): where each row's cells begin in the other two, and where the last
 *     one's end
 * @param columns the columns of the cells, ascending within a row
 * @param values the numbers in them; a zero may be among them
 */
public record SparseRows(int[] starts, int[] columns, double[] values, int count, int width)
    implements Table {

  public SparseRows {
    requireNonNull(columns);
    requireNonNull(values);
    if (count < 0 || width < 1 || starts.length <= count) {
      throw new IllegalArgumentException(
          "%d starts are not those of %d rows of %d".formatted(starts.length, count, width));
    }
  }

  /** The cells that are not zero. */
  public static SparseRows of(Rows rows) {
    int width = rows.width();
    Builder builder = new Builder(rows.count(), width);
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < width; column++) {
        double value = rows.get(row, column);
        if (value != 0) {
          builder.add(column, value);
        }
      }
      builder.endRow();
    }
    return builder.rows();
  }

  @Override
  public Rows dense() {
    double[] cells = new double[Math.multiplyExact(count, width)];
    for (int row = 0; row < count; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        cells[row * width + columns[i]] = values[i];
      }
    }
    return new Rows(cells, count, width);
  }

  /** The same cells with other numbers in them. */
  public SparseRows withValues(double[] newValues) {
    return new SparseRows(starts, columns, newValues, count, width);
  }

  /** Rows while they are made, cell by cell. */
  public static final class Builder {

    private final int[] starts;
    private final int width;
    private int[] columns = new int[64];
    private double[] values = new double[64];
    private int row;
    private int cells;

    public Builder(int count, int width) {
      this.starts = new int[count + 1];
      this.width = width;
    }

    /** The present row's next cell: its column is right of the one before. */
    public void add(int column, double value) {
      if (cells == columns.length) {
        columns = Arrays.copyOf(columns, 2 * cells);
        values = Arrays.copyOf(values, 2 * cells);
      }
      columns[cells] = column;
      values[cells++] = value;
    }

    public void endRow() {
      starts[++row] = cells;
    }

    public SparseRows rows() {
      return new SparseRows(starts, columns, values, starts.length - 1, width);
    }
  }
}
