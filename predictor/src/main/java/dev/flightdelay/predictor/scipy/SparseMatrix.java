package dev.flightdelay.predictor.scipy;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.Set;
import java.util.TreeMap;

/**
 * SciPy's {@code csr_matrix} and {@code dia_matrix}, as estimators that were fitted with sparse
 * rows keep them.
 */
public final class SparseMatrix {

  /** About what Java needs for a cell in a sorted map and in what is made of it. */
  private static final int CELL_BYTES = 112;

  private static final Set<GlobalName> CSR =
      Set.of(
          new GlobalName("scipy.sparse._csr", "csr_matrix"),
          new GlobalName("scipy.sparse._csr", "csr_array"),
          new GlobalName("scipy.sparse.csr", "csr_matrix"));

  private static final Set<GlobalName> DIA =
      Set.of(
          new GlobalName("scipy.sparse._dia", "dia_matrix"),
          new GlobalName("scipy.sparse._dia", "dia_array"),
          new GlobalName("scipy.sparse.dia", "dia_matrix"));

  private static final String DAMAGED = "%s: %s; save the estimator again";

  private SparseMatrix() {}

  /** Whether an attribute's value is one of them. */
  public static boolean is(Object value) {
    return value instanceof PickleObject object
        && (CSR.contains(object.type()) || DIA.contains(object.type()));
  }

  /**
   * The rows of an attribute that is a {@code csr_matrix}; cells of one column are added up.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is none, or if its parts do
   *     not fit together
   */
  public static SparseRows rows(Attributes attributes, String name) {
    Attributes matrix = attributes.object(name);
    if (!CSR.contains(matrix.type())) {
      throw attributes.invalid(Reason.UNSUPPORTED, name + " is no csr_matrix");
    }
    int[] shape = shape(matrix, name);
    int[] starts = positions(matrix, "indptr", name);
    int[] columns = positions(matrix, "indices", name);
    double[] values = matrix.reals("data");
    requireCells(matrix, name, shape, starts, columns, values);
    return ascending(shape, starts, columns, values);
  }

  /**
   * The diagonal of an attribute that is a diagonal matrix of either class.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is none
   */
  public static double[] diagonal(Attributes attributes, String name) {
    Attributes matrix = attributes.object(name);
    int[] shape = shape(matrix, name);
    double[] numbers = matrix.reals("data");
    if (DIA.contains(matrix.type())) {
      int[] offsets = positions(matrix, "offsets", name);
      if (offsets.length != 1 || offsets[0] != 0) {
        throw damaged(matrix, name, "it has other diagonals than the main one");
      }
    } else {
      SparseRows rows = rows(attributes, name);
      for (int row = 0; row < rows.count(); row++) {
        if (rows.starts()[row + 1] != row + 1 || rows.columns()[row] != row) {
          throw damaged(matrix, name, "it is not diagonal");
        }
      }
    }
    if (shape[0] != shape[1] || numbers.length != shape[0]) {
      throw damaged(matrix, name, "its diagonal does not have its size");
    }
    return numbers;
  }

  private static int[] shape(Attributes matrix, String name) {
    Object shape = matrix.value("_shape").or(() -> matrix.value("shape")).orElse(null);
    if (shape instanceof Object[] pair
        && pair.length == 2
        && NumpyScalar.unwrap(pair[0]) instanceof Long rows
        && NumpyScalar.unwrap(pair[1]) instanceof Long columns
        && rows >= 1
        && columns >= 1
        && rows <= Integer.MAX_VALUE
        && columns <= Integer.MAX_VALUE) {
      return new int[] {rows.intValue(), columns.intValue()};
    }
    throw damaged(matrix, name, "its shape is no two sizes");
  }

  private static int[] positions(Attributes matrix, String part, String name) {
    NdArray array = matrix.array(part);
    double[] numbers = matrix.orInvalid(part, array::reals);
    int[] positions = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      positions[i] = (int) numbers[i];
      if (positions[i] != numbers[i] || positions[i] < 0) {
        throw damaged(matrix, name, part + " holds what is no position");
      }
    }
    return positions;
  }

  private static void requireCells(
      Attributes matrix, String name, int[] shape, int[] starts, int[] columns, double[] values) {
    boolean fits =
        starts.length == shape[0] + 1L
            && starts[0] == 0
            && columns.length == values.length
            && starts[shape[0]] == values.length;
    for (int row = 0; fits && row < shape[0]; row++) {
      fits = starts[row] <= starts[row + 1];
    }
    for (int i = 0; fits && i < columns.length; i++) {
      fits = columns[i] < shape[1];
    }
    if (!fits) {
      throw damaged(matrix, name, "its cells do not fit its shape");
    }
  }

  /** SciPy takes the cells of a row in any order, and the same one more than once. */
  private static SparseRows ascending(int[] shape, int[] starts, int[] columns, double[] values) {
    if (isAscending(starts, columns)) {
      return new SparseRows(starts, columns, values, shape[0], shape[1]);
    }
    ReadingBudget.take((long) CELL_BYTES * columns.length);
    SparseRows.Builder rows = new SparseRows.Builder(shape[0], shape[1]);
    TreeMap<Integer, Double> cells = new TreeMap<>();
    for (int row = 0; row < shape[0]; row++) {
      cells.clear();
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        cells.merge(columns[i], values[i], Double::sum);
      }
      cells.forEach(rows::add);
      rows.endRow();
    }
    return rows.rows();
  }

  private static boolean isAscending(int[] starts, int[] columns) {
    for (int row = 0; row + 1 < starts.length; row++) {
      for (int i = starts[row] + 1; i < starts[row + 1]; i++) {
        if (columns[i] <= columns[i - 1]) {
          return false;
        }
      }
    }
    return true;
  }

  private static RuntimeException damaged(Attributes matrix, String name, String what) {
    return matrix.invalid(Reason.MODEL_INVALID, DAMAGED.formatted(name, what));
  }
}
