package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;

/** Measures the distance to every row, in their order. */
final class BruteSearch implements NeighborSearch {

  /** So many rows at a time: their sums stay in the fastest cache. */
  private static final int BLOCK = 1024;

  private final Metric metric;
  private final int rows;
  private final int features;
  // (features * rows): the sums of neighbouring rows are made together.
  private final double[] byFeature;

  BruteSearch(Metric metric, Matrix fitted) {
    this.metric = metric;
    this.rows = fitted.rows();
    this.features = fitted.columns();
    this.byFeature = fitted.transposed();
  }

  @Override
  public int scratch() {
    return Math.min(rows, BLOCK);
  }

  @Override
  public void find(double[] values, int offset, Nearest nearest, double[] scratch) {
    nearest.clear();
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(rows - from, BLOCK);
      Arrays.fill(scratch, 0, count, 0);
      int first = 0;
      if (metric.power() == 2) {
        for (; first + 4 <= features; first += 4) {
          addFour(values, offset + first, first * rows + from, count, scratch);
        }
      }
      for (int j = first; j < features; j++) {
        add(values[offset + j], j * rows + from, count, scratch);
      }
      for (int i = 0; i < count; i++) {
        if (scratch[i] < nearest.farthest()) {
          nearest.push(scratch[i], from + i);
        }
      }
    }
  }

  /** Four features at once, in their order: the sums are read and written a quarter as often. */
  private void addFour(double[] values, int offset, int at, int count, double[] sums) {
    double first = values[offset];
    double second = values[offset + 1];
    double third = values[offset + 2];
    double fourth = values[offset + 3];
    int atSecond = at + rows;
    int atThird = atSecond + rows;
    int atFourth = atThird + rows;
    for (int i = 0; i < count; i++) {
      double a = first - byFeature[at + i];
      double b = second - byFeature[atSecond + i];
      double c = third - byFeature[atThird + i];
      double d = fourth - byFeature[atFourth + i];
      sums[i] = sums[i] + a * a + b * b + c * c + d * d;
    }
  }

  private void add(double value, int at, int count, double[] sums) {
    if (metric.power() == 2) {
      for (int i = 0; i < count; i++) {
        double difference = value - byFeature[at + i];
        sums[i] += difference * difference;
      }
    } else if (metric.power() == 1) {
      for (int i = 0; i < count; i++) {
        sums[i] += Math.abs(value - byFeature[at + i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        sums[i] = metric.add(sums[i], value - byFeature[at + i]);
      }
    }
  }
}
