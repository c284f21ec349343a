package dev.flightdelay.predictor.auth.caller;

import static java.util.Objects.requireNonNull;

/**
 * How a caller was recognised. There is one object of each, which are told from each other as such:
 * they are looked up by with every request.
 */
public final class Mechanism {

  /** Callers are not checked: the address that they call from. */
  public static final Mechanism ADDRESS = new Mechanism("address");

  private final String label;

  /**
   * @param label in metrics
   */
  public Mechanism(String label) {
    this.label = requireNonNull(label);
  }

  public String label() {
    return label;
  }
}
