package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import java.util.Arrays;

/**
 * An array of finite numbers with two dimensions.
 *
 * @param values (rows * columns), row-major; shared with others, so not to be changed
 */
public record Matrix(double[] values, int rows, int columns) {

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the attribute is missing, has
   *     other dimensions, or holds a number that is not finite
   */
  public static Matrix read(Attributes attributes, String name) {
    Object value = attributes.value(name).orElse(null);
    return of(attributes, SparseMatrix.is(value) ? value : attributes.array(name), name);
  }

  /** A matrix that stands somewhere in an attribute, such as in a list. */
  public static Matrix of(Attributes attributes, Object value, String where) {
    NdArray array = array(attributes, value, where);
    if (array.dimensions() != 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "%s has %d dimensions, not 2".formatted(where, array.dimensions()));
    }
    int[] shape = array.shape();
    double[] numbers = attributes.orInvalid(where, array::sharedReals);
    return new Matrix(finite(attributes, numbers, where), shape[0], shape[1]);
  }

  /** An array with one dimension that stands somewhere in an attribute. */
  public static double[] vector(Attributes attributes, Object value, String where) {
    NdArray array = array(attributes, value, where);
    if (array.dimensions() != 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "%s has %d dimensions, not 1".formatted(where, array.dimensions()));
    }
    return finite(attributes, attributes.orInvalid(where, array::reals), where);
  }

  private static NdArray array(Attributes attributes, Object value, String where) {
    if (value instanceof NdArray array && array.isBuilt()) {
      return array;
    }
    if (SparseMatrix.is(value)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "%s is a sparse matrix, which is not read there; fit it with X.toarray()"
              .formatted(where));
    }
    throw attributes.invalid(Reason.STATE_INVALID, "%s is not an array".formatted(where));
  }

  private static double[] finite(Attributes attributes, double[] numbers, String where) {
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "%s holds %s: fit it again".formatted(where, number));
      }
    }
    return numbers;
  }

  /**
   * The matrix itself, if it has that shape.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it has another
   */
  public Matrix require(Attributes attributes, String name, int wantedRows, int wantedColumns) {
    if (rows != wantedRows || columns != wantedColumns) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "%s has the shape %s, where %s is needed"
              .formatted(
                  name,
                  Arrays.toString(new int[] {rows, columns}),
                  Arrays.toString(new int[] {wantedRows, wantedColumns})));
    }
    return this;
  }

  /** The same numbers with rows and columns exchanged. */
  public double[] transposed() {
    ReadingBudget.take((long) Double.BYTES * values.length);
    double[] turned = new double[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return turned;
  }
}
