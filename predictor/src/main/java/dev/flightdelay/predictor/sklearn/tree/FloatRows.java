package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;

/** Rows as scikit-learn's trees see them: in float32. */
public final class FloatRows {

  private static final int MAX_ROWS = 256;
  private static final int MAX_NUMBERS = 16 * 1024;

  private FloatRows() {}

  /** Writes rows in float32 for what explains them, where a number of float64 stands for each. */
  public static TreeExplainer.Loader loader(Features features) {
    return (rows, from, count, into) -> {
      float[] block = new float[count * rows.width()];
      convert(rows, from, from + count, features, block);
      for (int i = 0; i < block.length; i++) {
        into[i] = block[i];
      }
    };
  }

  /** How many rows to convert at once, so that they stay in the cache of a core. */
  public static int blockSize(int width) {
    return Math.clamp(MAX_NUMBERS / width, 1, MAX_ROWS);
  }

  /**
   * Converts rows {@code from} to {@code to} into {@code block}; says whether a number is missing.
   *
   * @throws UnusableRowsException if a number is too large for float32, or missing in a sparse
   *     matrix, of which the library's trees take no missing values
   */
  public static boolean convert(Rows rows, int from, int to, Features features, float[] block) {
    int width = rows.width();
    double[] values = rows.values();
    int start = from * width;
    int count = (to - from) * width;
    boolean hasMissing = false;
    for (int i = 0; i < count; i++) {
      float value = (float) values[start + i];
      if (Float.isInfinite(value)) {
        throw new UnusableRowsException(
            "row %d: feature %s is %s, which is too large for this model: its trees compare numbers of float32"
                .formatted(from + i / width, features.describe(i % width), values[start + i]));
      }
      hasMissing |= value != value;
      block[i] = value;
    }
    if (hasMissing && rows.stored() != null) {
      throw new UnusableRowsException(
          "a value is missing in a sparse matrix, of which this model's trees take none");
    }
    return hasMissing;
  }
}
