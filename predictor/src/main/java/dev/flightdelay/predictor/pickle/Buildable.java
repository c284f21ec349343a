package dev.flightdelay.predictor.pickle;

/** An object of a pickle that takes its state by BUILD, exactly once. */
public interface Buildable {

  /**
   * @param state what the pickle gives: see {@link AllowedGlobal.Call#apply} for the types
   * @throws IllegalArgumentException if that is not the state this object takes, or if it has one
   *     already; the reader adds where
   */
  void build(Object state);
}
