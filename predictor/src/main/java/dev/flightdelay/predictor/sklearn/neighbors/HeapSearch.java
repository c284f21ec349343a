package dev.flightdelay.predictor.sklearn.neighbors;

/** Measures the distance to every row, in their order, and keeps the nearest in a heap. */
record HeapSearch(Distances distances) implements NeighborSearch {

  @Override
  public int scratch() {
    return distances.rows();
  }

  @Override
  public void find(double[] values, int offset, Nearest nearest, double[] scratch) {
    nearest.clear();
    distances.measure(values, offset, scratch);
    for (int row = 0; row < distances.rows(); row++) {
      nearest.push(scratch[row], row);
    }
  }
}
