package dev.flightdelay.predictor.catboost;

/** Trees that ask whether the number in a slot is above a border, both as float32. */
sealed interface Trees permits SymmetricTrees, AsymmetricTrees {

  /** The numbers of a leaf. */
  int dimensions();

  /** The operations for a row at most: a step for each question, and the leaves. */
  long operations();

  /**
   * Adds the leaves of all trees, in the trees' order.
   *
   * @param values the slots of {@code count} rows, each {@code width} wide
   * @param raw (count, dimensions)
   */
  void add(float[] values, int width, int count, double[] raw);
}
