package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.Arrays;

/**
 * Trees that ask the same on each of their levels, so that the answers' bits are the number of the
 * leaf: {@code feature > border} with both as float32, the first level being the lowest bit.
 *
 * @param feature for each level of each tree the column
 * @param border for each level of each tree the border
 * @param missingAbove for each column, whether a missing value is above all borders, or below
 * @param depths the levels of each tree
 * @param leaves the values of each leaf of each tree, one for each dimension
 * @param scale by which a sum is multiplied before the bias is added
 * @param bias for each dimension
 */
record SymmetricTrees(
    int[] feature,
    float[] border,
    boolean[] missingAbove,
    int[] depths,
    double[] leaves,
    double scale,
    double[] bias) {

  private static final int BLOCK = 64;

  /** Takes a row's raw scores, one for each dimension. */
  @FunctionalInterface
  interface Output {
    void accept(int row, double[] raw, int at);
  }

  /** The operations for a row: a comparison for each level, and the leaves. */
  long operations() {
    return (long) SplitTree.STEP_OPERATIONS * feature.length + (long) depths.length * dimensions();
  }

  int features() {
    return missingAbove.length;
  }

  int dimensions() {
    return bias.length;
  }

  void score(Rows rows, int from, int to, Output output) {
    int width = dimensions();
    int block = Math.min(BLOCK, to - from);
    float[] values = new float[block * features()];
    double[] raw = new double[block * width];
    for (int start = from; start < to; start += block) {
      int count = Math.min(block, to - start);
      copy(rows, start, count, values);
      sum(values, count, raw);
      for (int row = 0; row < count; row++) {
        for (int k = 0; k < width; k++) {
          raw[row * width + k] = raw[row * width + k] * scale + bias[k];
        }
        output.accept(start + row, raw, row * width);
      }
    }
  }

  private void copy(Rows rows, int start, int count, float[] values) {
    int from = start * rows.width();
    for (int i = 0; i < count * features(); i++) {
      float value = (float) rows.values()[from + i];
      values[i] =
          value == value
              ? value
              : missingAbove[i % features()] ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    }
  }

  private void sum(float[] values, int count, double[] raw) {
    int width = dimensions();
    Arrays.fill(raw, 0);
    int level = 0;
    int leaf = 0;
    for (int depth : depths) {
      for (int row = 0; row < count; row++) {
        int base = row * features();
        int bits = 0;
        for (int k = 0; k < depth; k++) {
          bits |= (values[base + feature[level + k]] > border[level + k] ? 1 : 0) << k;
        }
        for (int k = 0; k < width; k++) {
          raw[row * width + k] += leaves[leaf + bits * width + k];
        }
      }
      level += depth;
      leaf += width << depth;
    }
  }
}
