package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;

/**
 * The distances to the rows of a sparse matrix, by the cells that it stores: {@code |x|^2 - 2 x*y +
 * |y|^2} in scikit-learn's {@code metrics/pairwise.py}, or Manhattan's.
 */
final class SparseDistances implements Distances {

  private final boolean isEuclidean;
  private final SparseRows fitted;
  // The sum of each row's squares, or of its absolute values.
  private final double[] norms;

  private SparseDistances(boolean isEuclidean, SparseRows fitted) {
    this.isEuclidean = isEuclidean;
    this.fitted = fitted;
    this.norms = new double[fitted.count()];
    for (int row = 0; row < norms.length; row++) {
      for (int i = fitted.starts()[row]; i < fitted.starts()[row + 1]; i++) {
        norms[row] += size(fitted.values()[i]);
      }
    }
  }

  static Distances of(Attributes attributes, Metric metric, SparseRows fitted) {
    if (metric.power() != 1 && metric.power() != 2) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "its metric of sparse rows is neither euclidean nor manhattan");
    }
    return new SparseDistances(metric.power() == 2, fitted);
  }

  @Override
  public int rows() {
    return norms.length;
  }

  @Override
  public void measure(double[] values, int offset, double[] reduced) {
    double norm = 0;
    for (int j = 0; j < fitted.width(); j++) {
      norm += size(values[offset + j]);
    }
    for (int row = 0; row < norms.length; row++) {
      reduced[row] = Math.max(0, distance(values, offset, norm, row));
    }
  }

  private double distance(double[] values, int offset, double norm, int row) {
    double sum = 0;
    for (int i = fitted.starts()[row]; i < fitted.starts()[row + 1]; i++) {
      double x = values[offset + fitted.columns()[i]];
      double y = fitted.values()[i];
      sum += isEuclidean ? -2 * x * y : Math.abs(x - y) - Math.abs(x) - Math.abs(y);
    }
    return norm + sum + norms[row];
  }

  private double size(double value) {
    return isEuclidean ? value * value : Math.abs(value);
  }
}
