package dev.flightdelay.predictor.auth.caller;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A rate limit with room for one second's worth of requests at once. It is kept as the one moment
 * at which the bucket is full again (the generic cell rate algorithm), so that threads need no
 * lock.
 */
final class TokenBucket {

  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final long nanosPerOne;
  private final long room;
  private final LongSupplier clock;
  private final AtomicLong fullAt;

  /**
   * @param perSecond 1 to 100,000,000
   * @param burst how many at once after a silence
   * @param clock nanoseconds, as System.nanoTime
   */
  TokenBucket(int perSecond, int burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.nanosPerOne = SECOND / perSecond;
    this.room = nanosPerOne * burst;
    this.clock = clock;
    this.fullAt = new AtomicLong(clock.getAsLong());
  }

  int perSecond() {
    return perSecond;
  }

  /**
   * Takes so many, if there is room for one: what is more than there is room for is owed.
   *
   * @return 0, or after how many nanoseconds there is room for one; then nothing was taken
   */
  long take(int count) {
    long now = clock.getAsLong();
    while (true) {
      long before = fullAt.get();
      long used = Math.max(before - now, 0);
      if (used + nanosPerOne > room) {
        return used + nanosPerOne - room;
      }
      if (fullAt.compareAndSet(before, now + used + nanosPerOne * count)) {
        return 0;
      }
    }
  }

  /** Whether forgetting it would change nothing. */
  boolean isFull() {
    return fullAt.get() - clock.getAsLong() <= 0;
  }
}
