package dev.flightdelay.predictor.sklearn.neighbors;

/** Finds the nearest of the rows that a model was fitted with. */
interface NeighborSearch {

  /**
   * Finds the rows at the smallest distances.
   *
   * @param values the row's features, one number for each, from {@code offset} on
   * @param nearest cleared, and then holding as many rows as it has room for, each with its reduced
   *     distance: what orders as the distance does and is less to compute, such as its square
   * @param scratch at least {@link #scratch()} numbers, which this call may write over; two threads
   *     need two of them
   */
  void find(double[] values, int offset, Nearest nearest, double[] scratch);

  /** How many numbers {@link #find} needs to work with. */
  int scratch();
}
