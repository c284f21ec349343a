package dev.flightdelay.predictor.model;

/** The numbers that a model of trees compares columns with. */
@FunctionalInterface
public interface Splits {

  /** Takes one comparison. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param threshold a value of {@code column} that is at most this goes one way, others the
     *     other
     */
    void split(int column, double threshold);
  }

  /** Tells all of them; the same one may come often. */
  void each(Visitor visitor);
}
