package dev.flightdelay.operator.it;

import java.time.Duration;

/**
 * How long faults last: short by default, so that every change can be tested, long with
 * -Dfaults.full.
 */
final class FaultTimes {
  static final boolean FULL = System.getProperty("faults.full") != null;

  /** For how long nothing may be written once all is well. */
  static final Duration QUIET = FULL ? Duration.ofSeconds(60) : Duration.ofSeconds(3);

  /** How long an outage lasts. */
  static final Duration OUTAGE = FULL ? Duration.ofMinutes(10) : Duration.ofSeconds(20);

  private FaultTimes() {}
}
