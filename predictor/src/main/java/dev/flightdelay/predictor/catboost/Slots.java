package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.List;

/**
 * The numbers that a row has for the trees to ask about, one behind the other: those of its float
 * features; for each category that has a question of its own whether the row has it, 1 or 0; and
 * the target statistics.
 *
 * @param features the row's columns
 * @param numbers for each float feature its column
 * @param missingAbove for each float feature whether a missing value is above all borders, or below
 * @param categories for each categorical feature its column
 * @param used for each categorical feature whether the model looks at it
 * @param single the categories with a question of their own
 * @param statistics the target statistics
 */
record Slots(
    Features features,
    int[] numbers,
    boolean[] missingAbove,
    int[] categories,
    boolean[] used,
    Combination.Value[] single,
    List<TargetStatistic> statistics) {

  int width() {
    return numbers.length + single.length + statistics.size();
  }

  /**
   * Makes the numbers of {@code count} rows from {@code start} on.
   *
   * @throws UnusableRowsException if a category is none that CatBoost takes
   */
  void fill(Rows rows, int start, int count, float[] values) {
    int width = width();
    double[] cells = rows.values();
    int[] hashes = new int[categories.length];
    for (int i = 0; i < count; i++) {
      int base = i * width;
      int from = (start + i) * rows.width();
      for (int k = 0; k < numbers.length; k++) {
        float value = (float) cells[from + numbers[k]];
        values[base + k] =
            value == value
                ? value
                : missingAbove[k] ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      }
      if (hashes.length > 0) {
        hash(rows, start + i, hashes);
        int at = base + numbers.length;
        for (Combination.Value value : single) {
          values[at++] = hashes[value.feature()] == value.hash() ? 1 : 0;
        }
        Combination combination = null;
        long hash = 0;
        for (TargetStatistic statistic : statistics) {
          // Those of one combination stand side by side and share it.
          if (statistic.key().combination() != combination) {
            combination = statistic.key().combination();
            hash = combination.hash(values, base, hashes);
          }
          values[at++] = statistic.of(hash);
        }
      }
    }
  }

  /** A category that the model does not look at is not looked at here either. */
  private void hash(Rows rows, int row, int[] hashes) {
    for (int k = 0; k < categories.length; k++) {
      if (used[k]) {
        try {
          hashes[k] = CategoryHash.of(rows, row, categories[k]);
        } catch (UnusableRowsException unusable) {
          throw unusable.at(features, row, categories[k]);
        }
      }
    }
  }
}
