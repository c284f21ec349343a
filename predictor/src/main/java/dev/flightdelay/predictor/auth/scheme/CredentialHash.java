package dev.flightdelay.predictor.auth.scheme;

/** The SHA-256 of what a caller presented, with this process's salt: all that is kept of it. */
public record CredentialHash(long first, long second, long third, long fourth) {

  @Override
  public int hashCode() {
    // Any bits are as good as others.
    return (int) first;
  }
}
