package dev.flightdelay.predictor.auth;

import static java.util.Objects.requireNonNull;

/**
 * Why a request is not answered.
 *
 * @param status 400, 401, 403 or 503
 * @param reason of RFC 6750 for the header WWW-Authenticate; empty where nothing was presented
 * @param message for the caller; says nothing of why a key, a token or a password is wrong that
 *     would help to guess one
 */
public record Refusal(int status, String reason, String message) implements Verdict {

  static final Refusal UNKNOWN_KEY =
      new Refusal(401, "invalid_token", "this API key is not known here");
  static final Refusal WRONG_PASSWORD =
      new Refusal(401, "", "the user name or the password is wrong");
  static final Refusal NOT_ALLOWED =
      new Refusal(
          403, "insufficient_scope", "this caller is known, but may not ask for predictions");
  static final Refusal BUSY =
      new Refusal(503, "", "too many callers are being checked at the moment; try again");

  public Refusal {
    requireNonNull(reason);
    requireNonNull(message);
  }

  /** A token that is not valid. */
  static Refusal invalidToken(String why) {
    return new Refusal(401, "invalid_token", "the token is not accepted: " + why);
  }

  /** Who could say is away: the caller may be a good one. */
  static Refusal unavailable(String message) {
    return new Refusal(503, "", message);
  }
}
