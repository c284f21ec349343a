package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.numpy.SquaredNorm;
import dev.flightdelay.predictor.sklearn.Matrix;

/**
 * The distances to the rows of a matrix: {@code |x|^2 - 2 x*y + |y|^2} where they are Euclidean, in
 * scikit-learn's {@code metrics/pairwise.py}, and else SciPy's {@code cdist}.
 */
final class DenseDistances implements Distances {

  private final Metric metric;
  private final Matrix fitted;
  // The sum of each row's squares; null where the metric needs none.
  private final double[] norms;

  DenseDistances(Metric metric, Matrix fitted) {
    this.metric = metric;
    this.fitted = fitted;
    int columns = fitted.columns();
    norms = metric.power() == 2 ? new double[fitted.rows()] : null;
    for (int row = 0; norms != null && row < norms.length; row++) {
      norms[row] = SquaredNorm.of(fitted.values(), row * columns, columns);
    }
  }

  @Override
  public int rows() {
    return fitted.rows();
  }

  @Override
  public void measure(double[] values, int offset, double[] reduced) {
    int columns = fitted.columns();
    if (norms == null) {
      for (int row = 0; row < fitted.rows(); row++) {
        reduced[row] = metric.between(values, offset, fitted.values(), row * columns, columns);
      }
      return;
    }
    double norm = SquaredNorm.of(values, offset, columns);
    for (int row = 0; row < norms.length; row++) {
      double product = 0;
      for (int j = 0; j < columns; j++) {
        product += values[offset + j] * fitted.values()[row * columns + j];
      }
      reduced[row] = Math.max(0, -2 * product + norm + norms[row]);
    }
  }
}
