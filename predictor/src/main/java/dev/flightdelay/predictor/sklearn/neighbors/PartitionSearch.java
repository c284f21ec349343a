package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.numpy.ArgPartition;

/**
 * Measures the distance to every row, and takes the nearest of NumPy's partition, as {@code
 * _kneighbors_reduce_func} in scikit-learn's {@code neighbors/_base.py} does.
 */
record PartitionSearch(Distances distances) implements NeighborSearch {

  @Override
  public int scratch() {
    return distances.rows();
  }

  @Override
  public void find(double[] values, int offset, Nearest nearest, double[] scratch) {
    distances.measure(values, offset, scratch);
    nearest.take(scratch, ArgPartition.of(scratch, distances.rows(), nearest.count() - 1));
  }
}
