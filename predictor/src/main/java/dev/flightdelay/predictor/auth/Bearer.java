package dev.flightdelay.predictor.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flightdelay.predictor.auth.apikey.ApiKeyReload;
import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.jwt.JwtAuthentication;
import dev.flightdelay.predictor.auth.scheme.AuthorizationHeader;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;

/** What a bearer presents (RFC 6750): an API key or an issuer's token, whichever is taken here. */
final class Bearer implements Scheme {

  private static final String SCHEME = "Bearer ";

  private final ApiKeyReload keys;
  private final JwtAuthentication tokens;

  /**
   * @param keys null where there are none; they are started and closed with the header of their own
   * @param tokens null where none are taken
   */
  Bearer(ApiKeyReload keys, JwtAuthentication tokens) {
    this.keys = keys;
    this.tokens = tokens;
  }

  @Override
  public String accepted() {
    return "Authorization: Bearer "
        + (keys == null ? "TOKEN" : tokens == null ? "KEY" : "KEY-OR-TOKEN");
  }

  @Override
  public String challenge(Rejection rejection) {
    return "WWW-Authenticate: Bearer realm=\"predictions\""
        + (rejection.reason().isEmpty() ? "" : ", error=\"" + rejection.reason() + '"')
        + "\r\n";
  }

  @Override
  public Verdict check(
      String authorization, String apiKey, CredentialHasher hasher, LastToken last) {
    if (!AuthorizationHeader.is(authorization, SCHEME)) {
      return null;
    }
    Caller same = tokens == null ? null : tokens.again(authorization, hasher.room(), last);
    if (same != null) {
      return same;
    }
    byte[] bytes = authorization.getBytes(ISO_8859_1);
    int from = AuthorizationHeader.behind(bytes, SCHEME);
    CredentialHash hash = hasher.hash(bytes, from, bytes.length);
    if (keys != null) {
      Caller caller = keys.keys().find(hash);
      if (caller != null) {
        return caller;
      }
    }
    return tokens == null ? Rejection.UNKNOWN_KEY : tokens.check(hash, bytes, from, last);
  }

  @Override
  public void start() {
    if (tokens != null) {
      tokens.start();
    }
  }

  @Override
  public void close() {
    if (tokens != null) {
      tokens.close();
    }
  }
}
