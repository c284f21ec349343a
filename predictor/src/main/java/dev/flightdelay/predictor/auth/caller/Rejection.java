package dev.flightdelay.predictor.auth.caller;

import static java.util.Objects.requireNonNull;

/**
 * Why a request is not answered.
 *
 * @param status 400, 401, 403 or 503
 * @param reason of RFC 6750 for the header WWW-Authenticate; empty where nothing was presented
 * @param message for the caller; says nothing of why a key, a token or a password is wrong that
 *     would help to guess one
 */
public record Rejection(int status, String reason, String message) implements Verdict {

  public static final Rejection UNKNOWN_KEY =
      new Rejection(401, "invalid_token", "this API key is not known here");
  public static final Rejection WRONG_PASSWORD =
      new Rejection(401, "", "the user name or the password is wrong");
  public static final Rejection NOT_ALLOWED =
      new Rejection(
          403, "insufficient_scope", "this caller is known, but may not ask for predictions");
  public static final Rejection BUSY =
      new Rejection(503, "", "too many callers are being checked at the moment; try again");

  public Rejection {
    requireNonNull(reason);
    requireNonNull(message);
  }

  /** A token that is not valid. */
  public static Rejection invalidToken(String why) {
    return new Rejection(401, "invalid_token", "the token is not accepted: " + why);
  }

  /** Who could say is away: the caller may be a good one. */
  public static Rejection unavailable(String message) {
    return new Rejection(503, "", message);
  }
}
