package dev.flightdelay.predictor.sklearn.compose;

/**
 * Python's {@code slice(start, stop, step)}.
 *
 * @param start Long, String or null
 * @param stop Long, String or null
 * @param step Long or null
 */
public record Slice(Object start, Object stop, Object step) {

  /**
   * @throws IllegalArgumentException if the bounds are neither positions nor names
   */
  static Slice of(Object[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("a slice has a start, a stop and a step");
    }
    for (Object bound : arguments) {
      if (bound != null && !(bound instanceof Long) && !(bound instanceof String)) {
        throw new IllegalArgumentException("a slice goes from a position or name to another");
      }
    }
    return new Slice(arguments[0], arguments[1], arguments[2]);
  }
}
