package dev.flightdelay.predictor.dialect;

import java.util.Arrays;

/**
 * Which columns are given by name, of one row or of all rows of a request: each at most once, and
 * none missing of those that the model looks at.
 */
public final class GivenColumns {

  private final boolean[] given;
  // Null where all columns are looked at, as in most models.
  private final boolean[] dropped;
  private final int needed;
  private int missing;

  /**
   * @param needed how many columns are looked at
   * @param dropped which are not, or null where all are
   */
  GivenColumns(int width, int needed, boolean[] dropped) {
    this.given = new boolean[width];
    this.dropped = dropped;
    this.needed = needed;
    this.missing = needed;
  }

  /** Begins another row. */
  public void clear() {
    Arrays.fill(given, false);
    missing = needed;
  }

  /**
   * Gives a column.
   *
   * @return false if it was given before
   */
  public boolean give(int column) {
    if (given[column]) {
      return false;
    }
    given[column] = true;
    if (dropped == null || !dropped[column]) {
      missing--;
    }
    return true;
  }

  public boolean has(int column) {
    return given[column];
  }

  /** Whether all columns are given that the model looks at. */
  public boolean areAll() {
    return missing == 0;
  }
}
