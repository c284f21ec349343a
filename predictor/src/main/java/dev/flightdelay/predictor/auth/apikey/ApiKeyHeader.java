package dev.flightdelay.predictor.auth.apikey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;

/** An API key in a header of its own, which no challenge asks for. */
public final class ApiKeyHeader implements Scheme {

  /** Its name, in small letters. */
  public static final String NAME = "x-api-key";

  private final ApiKeyReload keys;

  ApiKeyHeader(ApiKeyReload keys) {
    this.keys = keys;
  }

  @Override
  public String accepted() {
    return NAME + ": KEY";
  }

  @Override
  public String challenge(Rejection rejection) {
    return "";
  }

  @Override
  public Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    String apiKey = credentials.header(NAME);
    if (apiKey == null) {
      return null;
    }
    byte[] bytes = apiKey.getBytes(ISO_8859_1);
    Caller caller = keys.keys().find(hasher.hash(bytes, 0, bytes.length));
    return caller == null ? Rejection.UNKNOWN_KEY : caller;
  }

  @Override
  public void start() {
    keys.start();
  }

  @Override
  public void close() {
    keys.close();
  }
}
