package dev.flightdelay.predictor.auth.caller;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.network.TrustedProxies;
import java.util.OptionalInt;

/**
 * How much each caller may ask, and who says who that is where no credentials do.
 *
 * @param requests a second; empty for no limit
 * @param rows a second; empty for no limit
 */
public record CallerLimits(OptionalInt requests, OptionalInt rows, TrustedProxies proxies) {

  /** As much as they like. */
  public static final CallerLimits NONE =
      new CallerLimits(OptionalInt.empty(), OptionalInt.empty(), TrustedProxies.NONE);

  public CallerLimits {
    requireNonNull(requests);
    requireNonNull(rows);
    requireNonNull(proxies);
  }
}
