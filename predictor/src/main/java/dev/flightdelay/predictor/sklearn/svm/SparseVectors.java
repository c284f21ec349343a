package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.model.SparseRows;
import java.util.Arrays;

/**
 * Support vectors of which nearly all cells are zeros, by feature: what a row has in a column meets
 * only the vectors that have something there.
 *
 * @param starts (features + 1): where each feature's cells begin in the next two
 * @param vectors which vector a cell is of
 * @param squares (count): each vector's squared length
 */
record SparseVectors(
    int count, int features, int[] starts, int[] vectors, double[] values, double[] squares) {

  static SparseVectors of(SparseRows rows) {
    int cells = rows.starts()[rows.count()];
    int[] starts = new int[rows.width() + 1];
    for (int i = 0; i < cells; i++) {
      starts[rows.columns()[i] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] vectors = new int[cells];
    double[] values = new double[cells];
    double[] squares = new double[rows.count()];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        int at = next[rows.columns()[i]]++;
        vectors[at] = row;
        values[at] = rows.values()[i];
        squares[row] += values[at] * values[at];
      }
    }
    return new SparseVectors(rows.count(), rows.width(), starts, vectors, values, squares);
  }

  /** The product of a row with each vector. */
  void products(SparseRows rows, int row, double[] sums) {
    Arrays.fill(sums, 0);
    for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
      int column = rows.columns()[i];
      for (int at = starts[column]; at < starts[column + 1]; at++) {
        sums[vectors[at]] += rows.values()[i] * values[at];
      }
    }
  }

  /**
   * The squared distance of a row to each vector: the parts in which only one has something too.
   */
  void squaredDistances(SparseRows rows, int row, double[] sums) {
    System.arraycopy(squares, 0, sums, 0, count);
    double alone = 0;
    for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
      double value = rows.values()[i];
      double square = value * value;
      alone += square;
      int column = rows.columns()[i];
      for (int at = starts[column]; at < starts[column + 1]; at++) {
        double difference = value - values[at];
        sums[vectors[at]] += difference * difference - square - values[at] * values[at];
      }
    }
    for (int v = 0; v < count; v++) {
      sums[v] += alone;
    }
  }
}
