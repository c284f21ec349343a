package dev.flightdelay.predictor.dataplane.admission;

import dev.flightdelay.predictor.auth.Authentication;
import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.network.TrustedProxies;
import java.util.List;

/**
 * Who may call the data plane, how often (rate limit), and from whose pages.
 *
 * @param authentication how callers are recognised; null where everybody may call
 * @param callers what callers are known by, and how often each may ask
 * @param proxies who says for whom a request is passed on, where callers are not checked
 * @param crossOrigin whose pages may read answers
 */
public record Gate(
    Authentication authentication,
    Callers callers,
    TrustedProxies proxies,
    CrossOrigin crossOrigin) {

  /** Everybody may call, as often as they like. */
  public static final Gate OPEN =
      new Gate(null, new Callers(CallerLimits.NONE), TrustedProxies.NONE, CrossOrigin.NONE);

  private static final Rejection TWICE =
      new Rejection(
          400,
          "invalid_request",
          "the request says twice who calls; send one header Authorization or x-api-key");

  /**
   * The same for whom these settings let in.
   *
   * @param origins whose pages may read answers
   */
  public static Gate of(
      Authentication authentication,
      Callers callers,
      TrustedProxies proxies,
      List<String> origins) {
    List<String> headers = authentication == null ? List.of() : authentication.headers();
    return new Gate(authentication, callers, proxies, CrossOrigin.of(origins, headers));
  }

  /** Whether callers make no difference: then nothing is asked of a request. */
  boolean open() {
    return authentication == null && !callers.limited();
  }

  /** Room for what a request says of who calls. */
  Credentials credentials() {
    return new Credentials(authentication == null ? List.of() : authentication.headers());
  }

  /**
   * Who presents these credentials, where callers are checked.
   *
   * @param hasher this thread's
   * @param last the connection's
   */
  Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    return credentials.count() > 1 ? TWICE : authentication.check(credentials, hasher, last);
  }

  /** Further header lines of a refusal, each with CR LF. */
  public String headers(Rejection refusal) {
    return switch (refusal.status()) {
      case 401, 403 -> authentication.challenges(refusal);
      case 429, 503 -> "Retry-After: 1\r\n";
      default -> "";
    };
  }
}
