package dev.flightdelay.predictor.auth.caller;

/** How a caller was recognised; the label is the one of metrics. */
public enum Mechanism {
  API_KEY("api-key"),
  JWT("jwt"),
  LDAP("ldap"),
  /** Callers are not checked: the address that they call from. */
  ADDRESS("address");

  private final String label;

  Mechanism(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
