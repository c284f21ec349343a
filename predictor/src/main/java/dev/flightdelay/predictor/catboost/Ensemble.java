package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import java.util.Arrays;

/**
 * Trees and what they ask about: rows in, raw scores out.
 *
 * @param scale by which a sum is multiplied before the bias is added
 * @param bias for each dimension
 */
record Ensemble(Slots slots, Trees trees, double scale, double[] bias) {

  private static final int BLOCK = 64;
  private static final int NUMBERS_AT_ONCE = 1 << 17;

  /** Takes a row's raw scores, one for each dimension. */
  @FunctionalInterface
  interface Output {
    void accept(int row, double[] raw, int at);
  }

  Features features() {
    return slots.features();
  }

  int dimensions() {
    return trees.dimensions();
  }

  /** Whether a value may be missing: only one that is a number. */
  boolean acceptsMissing() {
    return slots.numbers().length > 0;
  }

  void score(Rows rows, int from, int to, Output output) {
    int dimensions = dimensions();
    int width = slots.width();
    int most = Math.max(1, NUMBERS_AT_ONCE / Math.max(1, Math.max(width, dimensions)));
    int block = Math.min(Math.min(BLOCK, most), to - from);
    float[] values = new float[block * width];
    double[] raw = new double[block * dimensions];
    for (int start = from; start < to; start += block) {
      int count = Math.min(block, to - start);
      slots.fill(rows, start, count, values);
      Arrays.fill(raw, 0);
      trees.add(values, width, count, raw);
      for (int row = 0; row < count; row++) {
        for (int k = 0; k < dimensions; k++) {
          raw[row * dimensions + k] = raw[row * dimensions + k] * scale + bias[k];
        }
        output.accept(start + row, raw, row * dimensions);
      }
    }
  }
}
