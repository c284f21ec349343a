package dev.flightdelay.predictor.pickle;

/** A module and a name in it, as a pickle writes them: {@code numpy} and {@code ndarray}. */
public record GlobalName(String module, String name) implements Comparable<GlobalName> {

  @Override
  public int compareTo(GlobalName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return module + "." + name;
  }
}
