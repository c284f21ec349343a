package dev.flightdelay.predictor.auth.scheme;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.network.AllowedHosts;
import java.time.Clock;

/**
 * What schemes are begun with.
 *
 * @param hosts the exceptions to the refusal of internal addresses
 */
public record SchemeContext(AllowedHosts hosts, Callers callers, Clock clock) {

  public SchemeContext {
    requireNonNull(hosts);
    requireNonNull(callers);
    requireNonNull(clock);
  }
}
