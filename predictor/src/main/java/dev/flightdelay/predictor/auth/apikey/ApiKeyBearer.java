package dev.flightdelay.predictor.auth.apikey;

import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.BearerCredential;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.LastToken;

/**
 * An API key that a bearer presents.
 *
 * @param keys which are started and closed with the header of their own
 */
record ApiKeyBearer(ApiKeyReload keys) implements BearerCredential {

  @Override
  public String word() {
    return "KEY";
  }

  @Override
  public Verdict check(CredentialHash hash, byte[] header, int from, LastToken last) {
    return keys.keys().find(hash);
  }

  @Override
  public Rejection unknown() {
    return Rejection.UNKNOWN_KEY;
  }
}
