package dev.flightdelay.predictor.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Rows of numbers of which nearly all are zeros, as SciPy's {@code csr_matrix} keeps them: the
 * words of a text are some tens of ten thousands of columns. A transformer gives such rows where
 * the library gives a sparse matrix, with the same cells in it: there are estimators to which a
 * zero that is in no cell is a missing value.
 *
 * @param starts (count + 1): where each row's cells begin in the other two, and where the last
 *     one's end
 * @param columns the columns of the cells, ascending within a row
 * @param values the numbers in them; a zero may be among them, which is one that the library stores
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
    return new Rows(cells, null, this, count, width);
  }

  /** The rows {@code from} to {@code to} as rows of their own. */
  public SparseRows part(int from, int to) {
    int first = starts[from];
    int[] moved = new int[to - from + 1];
    for (int row = from; row <= to; row++) {
      moved[row - from] = starts[row] - first;
    }
    return new SparseRows(
        moved,
        Arrays.copyOfRange(columns, first, starts[to]),
        Arrays.copyOfRange(values, first, starts[to]),
        to - from,
        width);
  }

  /** These columns in this order, in which one may stand several times. */
  public SparseRows select(int[] wanted) {
    // Where a column goes first, and where the column at a place goes next.
    int[] first = new int[width];
    int[] next = new int[wanted.length];
    Arrays.fill(first, -1);
    boolean ascending = true;
    for (int k = wanted.length - 1; k >= 0; k--) {
      next[k] = first[wanted[k]];
      first[wanted[k]] = k;
      ascending &= k == 0 || wanted[k - 1] < wanted[k];
    }
    Builder selected = new Builder(count, wanted.length);
    for (int row = 0; row < count; row++) {
      int begin = selected.cells;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        for (int k = first[columns[i]]; k >= 0; k = next[k]) {
          selected.add(k, values[i]);
        }
      }
      if (!ascending) {
        selected.sort(begin);
      }
      selected.endRow();
    }
    return selected.rows();
  }

  /** The same cells, each with what {@code function} makes of its number. */
  public SparseRows map(OfCell function) {
    double[] mapped = new double[starts[count]];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = function.apply(values[i], columns[i]);
    }
    return withValues(mapped);
  }

  /** What becomes of a number in a column. */
  @FunctionalInterface
  public interface OfCell {
    double apply(double value, int column);
  }

  /** The rows with one more column, of which a zero is not stored: {@code scipy.sparse.hstack}. */
  public SparseRows withColumn(double[] column) {
    Builder both = new Builder(count, width + 1, starts[count] + count);
    for (int row = 0; row < count; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        both.add(columns[i], values[i]);
      }
      if (column[row] != 0) {
        both.add(width, column[row]);
      }
      both.endRow();
    }
    return both.rows();
  }

  /** The same rows, of which no zero is stored. */
  public SparseRows withoutZeros() {
    boolean none = true;
    for (int i = 0; i < starts[count]; i++) {
      none &= values[i] != 0;
    }
    if (none) {
      return this;
    }
    Builder others = new Builder(count, width, starts[count]);
    for (int row = 0; row < count; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        if (values[i] != 0) {
          others.add(columns[i], values[i]);
        }
      }
      others.endRow();
    }
    return others.rows();
  }

  /** The same cells with other numbers in them. */
  public SparseRows withValues(double[] newValues) {
    return new SparseRows(starts, columns, newValues, count, width);
  }

  /** Rows while they are made, cell by cell. */
  public static final class Builder {

    private final int[] starts;
    private final int width;
    private int[] columns;
    private double[] values;
    private int row;
    private int cells;

    public Builder(int count, int width) {
      this(count, width, 64);
    }

    /**
     * @param expected how many cells there will be about
     */
    public Builder(int count, int width, int expected) {
      this.starts = new int[count + 1];
      this.width = width;
      this.columns = new int[expected];
      this.values = new double[expected];
    }

    /** The present row's next cell: its column is right of the one before. */
    public void add(int column, double value) {
      if (cells == columns.length) {
        columns = Arrays.copyOf(columns, 2 * cells + 1);
        values = Arrays.copyOf(values, 2 * cells + 1);
      }
      columns[cells] = column;
      values[cells++] = value;
    }

    /** Puts the cells from {@code begin} on in the order of their columns. */
    private void sort(int begin) {
      long[] order = new long[cells - begin];
      for (int i = 0; i < order.length; i++) {
        order[i] = (long) columns[begin + i] << Integer.SIZE | i;
      }
      Arrays.sort(order);
      double[] given = Arrays.copyOfRange(values, begin, cells);
      for (int i = 0; i < order.length; i++) {
        columns[begin + i] = (int) (order[i] >>> Integer.SIZE);
        values[begin + i] = given[(int) order[i]];
      }
    }

    public void endRow() {
      starts[++row] = cells;
    }

    public SparseRows rows() {
      return new SparseRows(starts, columns, values, starts.length - 1, width);
    }
  }
}
