package dev.flightdelay.predictor.pickle;

/** A module and a name in it, as a pickle writes them: {@code numpy} and {@code ndarray}. */
public record GlobalName(String module, String name) implements Comparable<GlobalName> {

  @Override
  public int compareTo(GlobalName other) {
    return toString().compareTo(other.toString());
  }

  /** Fit to be shown to a person, whatever the file says: bounded, and all visible ASCII. */
  public String printable() {
    return Printable.name(this);
  }

  @Override
  public String toString() {
    return module + "." + name;
  }
}
