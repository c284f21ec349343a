package dev.flightdelay.predictor.auth.scheme;

import java.util.Arrays;
import java.util.List;

/**
 * The headers of one request that say who calls, in whatever protocol; used again for the next
 * request of its connection.
 */
public final class Credentials {

  private final String[] names;
  private final String[] values;
  private int count;

  /**
   * @param names of the headers that are looked at, in small letters; empty where nobody asks
   */
  public Credentials(List<String> names) {
    this.names = names.toArray(String[]::new);
    this.values = new String[this.names.length];
  }

  /** The headers that are looked at, in small letters. */
  public List<String> names() {
    return List.of(names);
  }

  /**
   * Adds what a request has.
   *
   * @param name the place of the header's name among the names
   */
  public void add(int name, String value) {
    values[name] = value;
    count++;
  }

  /**
   * A header's value; null where there is none.
   *
   * @param name one of the names
   */
  public String header(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  /** How many headers say who calls; one that is there twice counts twice. */
  public int count() {
    return count;
  }

  /** Forgets the request. */
  public void clear() {
    if (count > 0) {
      Arrays.fill(values, null);
      count = 0;
    }
  }
}
