package dev.flightdelay.architecture;

import java.util.HashMap;
import java.util.Map;

/** Sealed types with those that they permit: who names one of a family has to do with all of it. */
final class SealedFamilies {

  private final Map<String, String> parents = new HashMap<>();

  /** Notes that the two are of one family. */
  void join(String sealed, String permitted) {
    if (!of(permitted).equals(of(sealed))) {
      parents.put(of(permitted), of(sealed));
    }
  }

  /** The one by whose name the family goes. */
  String of(String name) {
    String at = name;
    while (parents.containsKey(at)) {
      at = parents.get(at);
    }
    return at;
  }
}
