package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import dev.flightdelay.predictor.sklearn.Matrix;

/** {@code _dual_coef_}: of an estimator that was fitted with sparse rows a sparse matrix. */
final class DualCoefficients {

  private static final String NAME = "_dual_coef_";
  private static final int MAX_CELLS = 1 << 26;

  private DualCoefficients() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if they have another shape
   */
  static Matrix read(Attributes attributes, int rows, int vectors) {
    if (!SparseMatrix.is(attributes.value(NAME).orElse(null))) {
      return Matrix.read(attributes, NAME).require(attributes, NAME, rows, vectors);
    }
    SparseRows cells = SparseMatrix.rows(attributes, NAME);
    if (cells.count() != rows || cells.width() != vectors) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "%s has the shape [%d, %d], where [%d, %d] is needed"
              .formatted(NAME, cells.count(), cells.width(), rows, vectors));
    }
    if ((long) rows * vectors > MAX_CELLS) {
      throw attributes.invalid(
          Reason.BUDGET_EXCEEDED, "it has %d vectors for %d classes".formatted(vectors, rows + 1));
    }
    ReadingBudget.take((long) Double.BYTES * rows * vectors);
    return new Matrix(cells.dense().values(), rows, vectors);
  }
}
