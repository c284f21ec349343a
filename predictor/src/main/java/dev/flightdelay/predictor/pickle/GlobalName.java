package dev.flightdelay.predictor.pickle;

/** A module and a name in it, as a pickle writes them: {@code numpy} and {@code ndarray}. */
public record GlobalName(String module, String name) implements Comparable<GlobalName> {

  private static final int MAX_SHOWN = 120;

  @Override
  public int compareTo(GlobalName other) {
    return toString().compareTo(other.toString());
  }

  /** Fit to be shown to a person, whatever the file says: see {@link Printable}. */
  public String printable() {
    String cut = Printable.text(module, MAX_SHOWN / 2) + "." + Printable.text(name, MAX_SHOWN / 2);
    return cut.equals(".") ? "without a name" : cut;
  }

  @Override
  public String toString() {
    return module + "." + name;
  }
}
