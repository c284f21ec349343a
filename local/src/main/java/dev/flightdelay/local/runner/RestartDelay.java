package dev.flightdelay.local.runner;

import java.time.Duration;

/** How long a container that ended waits for its next start: 1 s, and twice as long each time. */
final class RestartDelay {

  private static final Duration MAX_DELAY = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 6;

  private RestartDelay() {}

  /**
   * The delay before a restart.
   *
   * @param restarts how many there were already
   */
  static Duration before(int restarts) {
    Duration delay = Duration.ofSeconds(1L << Math.min(restarts, MAX_DOUBLINGS));
    return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
  }
}
