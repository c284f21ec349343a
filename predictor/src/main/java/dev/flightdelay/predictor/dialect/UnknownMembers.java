package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import java.util.HashSet;
import java.util.Set;

/**
 * The members of a JSON object that mean nothing here, as clients send some to every server: they
 * are passed over, but none may come twice.
 */
public final class UnknownMembers {

  private static final int MAX_NAMES = 100;

  // Made with the first: most requests have none.
  private Set<String> names;
  private String first;

  /** Passes over the value of a member. */
  public void skip(JsonReader json, String name) {
    if (names == null) {
      names = new HashSet<>();
      first = name;
    }
    if (!names.add(name)) {
      throw json.twice(name);
    }
    if (names.size() > MAX_NAMES) {
      throw json.expected("an object of at most " + MAX_NAMES + " unknown members");
    }
    json.skip();
  }

  /** The name of the first; null where there is none. */
  public String first() {
    return first;
  }
}
