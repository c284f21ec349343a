package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Rows;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The columns that an imputer gives: those of its input that it keeps, and after them, where it has
 * an indicator, one for each column of which it tells whether its value was missing.
 *
 * @param kept which columns of the input, in their order
 * @param indicated which columns of the input
 */
record KeptColumns(int[] kept, int[] indicated, MissingValue missing) {

  /**
   * Of an imputer that keeps the columns that were not empty when it was fitted, or all.
   *
   * @param width the columns of the input
   */
  static KeptColumns read(
      Attributes imputer, int width, MissingValue missing, IntPredicate isEmpty) {
    boolean keepsEmpty = imputer.flag("keep_empty_features", false);
    int[] kept = IntStream.range(0, width).filter(j -> keepsEmpty || !isEmpty.test(j)).toArray();
    return new KeptColumns(kept, MissingIndicator.ofImputer(imputer, width), missing);
  }

  /** How many columns of the input are kept. */
  int count() {
    return kept.length;
  }

  /** How many columns there are with those of the indicator. */
  int width() {
    return kept.length + indicated.length;
  }

  boolean hasIndicator() {
    return indicated.length > 0;
  }

  /**
   * Writes a row's indicator, 1 where a value is missing, behind its kept columns.
   *
   * @param out (rows, width)
   */
  void indicate(Rows rows, int row, double[] out) {
    int to = row * width() + kept.length;
    for (int i = 0; i < indicated.length; i++) {
      out[to + i] = missing.is(rows, row, indicated[i]) ? 1 : 0;
    }
  }
}
