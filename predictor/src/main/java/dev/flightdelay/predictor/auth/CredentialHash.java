package dev.flightdelay.predictor.auth;

/** The SHA-256 of what a caller presented, with this process's salt: all that is kept of it. */
record CredentialHash(long first, long second, long third, long fourth) {

  @Override
  public int hashCode() {
    // Any bits are as good as others.
    return (int) first;
  }
}
