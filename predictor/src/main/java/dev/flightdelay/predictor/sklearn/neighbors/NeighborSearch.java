package dev.flightdelay.predictor.sklearn.neighbors;

/** Finds the nearest of the rows that a model was fitted with. */
interface NeighborSearch {

  /**
   * @param values the row begins at {@code offset}
   * @param nearest cleared, and then holding as many rows as it has room for
   * @param scratch at least {@link #scratch()} numbers, for this call alone
   */
  void find(double[] values, int offset, Nearest nearest, double[] scratch);

  /** How many numbers {@link #find} needs to work with. */
  int scratch();
}
