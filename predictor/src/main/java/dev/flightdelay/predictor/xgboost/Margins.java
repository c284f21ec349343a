package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.Splits;

/** Makes margins of a block of rows: a booster without its objective. */
interface Margins {

  /** Adds a block of rows after the other, for one thread. */
  @FunctionalInterface
  interface Adder {

    /**
     * Adds to the margins of {@code count} rows.
     *
     * @param block the rows in float32, row by row; NaN is a missing value
     * @param hasMissing whether there is a NaN in the block
     * @param margins (count, groups), holding the base score
     */
    void add(float[] block, int count, boolean hasMissing, float[] margins);
  }

  /** The operations for a row that costs most. */
  long operations();

  /** Room to add at most so many rows at once. */
  Adder adder(int rows);

  /** What columns are compared with: nothing, unless there are trees. */
  default void splits(Splits.Visitor visitor) {}
}
