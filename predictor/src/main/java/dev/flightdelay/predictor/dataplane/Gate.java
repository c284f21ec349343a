package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.auth.Authentication;
import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import java.util.OptionalInt;

/**
 * Whom the data plane answers.
 *
 * @param authentication how callers are recognised; null where everybody may call
 * @param callers what callers are known by, and how often each may ask
 */
public record Gate(Authentication authentication, Callers callers) {

  /** Everybody may call, as often as they like. */
  public static final Gate OPEN = new Gate(null, new Callers(OptionalInt.empty()));

  private static final Rejection TWICE =
      new Rejection(
          400,
          "invalid_request",
          "the request says twice who calls; send one header Authorization or x-api-key");

  /** Whether callers make no difference: then nothing is asked of a request. */
  boolean open() {
    return authentication == null && !callers.limited();
  }

  /**
   * Who a request is from.
   *
   * @param last the connection's
   * @param address who the connection's requests are from where callers are not checked
   */
  Verdict check(RequestHead request, CredentialHasher hasher, LastToken last, Caller address) {
    if (authentication == null) {
      return address;
    }
    return request.credentials > 1
        ? TWICE
        : authentication.check(request.authorization, request.apiKey, hasher, last);
  }

  /** Further header lines of a refusal, each with CR LF. */
  String headers(Rejection refusal) {
    return switch (refusal.status()) {
      case 401, 403 -> authentication.challenges(refusal);
      case 429, 503 -> "Retry-After: 1\r\n";
      default -> "";
    };
  }
}
