package dev.flightdelay.predictor.sklearn.neighbors;

/** The distances of a row to each of the rows that a model was fitted with. */
interface Distances {

  /** How many rows the model was fitted with. */
  int rows();

  /**
   * Writes the reduced distances to all of them.
   *
   * @param values the row begins at {@code offset}
   */
  void measure(double[] values, int offset, double[] reduced);
}
