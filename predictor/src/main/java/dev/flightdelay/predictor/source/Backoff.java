package dev.flightdelay.predictor.source;

import java.time.Duration;

/** How long to leave a store alone: twice as long after each failure, and never all at once. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

  private Backoff() {}

  /**
   * @param failures in a row, from 1
   * @param random from 0 to 1: the pods of a Deployment start together and must not ask together
   * @return between half of the pause and all of it
   */
  static Duration pause(int failures, double random) {
    long doubled = FIRST.toMillis() << Math.min(failures - 1, 20);
    long longest = Math.min(doubled, MAX_PAUSE.toMillis());
    return Duration.ofMillis(Math.round(longest * (0.5 + random / 2)));
  }
}
