package dev.flightdelay.predictor.sklearn.neighbors;

import java.util.Arrays;

/**
 * The nearest rows seen so far: {@code heap_push} of scikit-learn's {@code utils/_heap.pyx}, so
 * that of rows at the same distance the same ones stay.
 */
final class Nearest {

  private final double[] distances;
  private final int[] rows;

  Nearest(int count) {
    distances = new double[count];
    rows = new int[count];
  }

  void clear() {
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    Arrays.fill(rows, 0);
  }

  int count() {
    return rows.length;
  }

  /** The reduced distance that a row must be below to be taken. */
  double farthest() {
    return distances[0];
  }

  /** The reduced distance of the one at place {@code i}, in no order. */
  double distance(int i) {
    return distances[i];
  }

  int row(int i) {
    return rows[i];
  }

  /** Takes these instead: the first of an order of rows whose reduced distances are given. */
  void take(double[] reduced, int[] order) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = order[i];
      distances[i] = reduced[order[i]];
    }
  }

  void push(double distance, int row) {
    if (distance >= distances[0]) {
      return;
    }
    int size = rows.length;
    int at = 0;
    while (true) {
      int left = 2 * at + 1;
      int right = left + 1;
      if (left >= size) {
        break;
      }
      int larger = right >= size || distances[left] >= distances[right] ? left : right;
      if (!(distances[larger] > distance)) {
        break;
      }
      distances[at] = distances[larger];
      rows[at] = rows[larger];
      at = larger;
    }
    distances[at] = distance;
    rows[at] = row;
  }
}
