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

  private final long nanosPerRequest;
  private final long room;
  private final LongSupplier clock;
  private final AtomicLong fullAt;

  /**
   * @param perSecond 1 to 1,000,000
   * @param burst how many at once after a silence
   * @param clock nanoseconds, as System.nanoTime
   */
  TokenBucket(int perSecond, int burst, LongSupplier clock) {
    this.nanosPerRequest = SECOND / perSecond;
    this.room = nanosPerRequest * burst;
    this.clock = clock;
    this.fullAt = new AtomicLong(clock.getAsLong());
  }

  /**
   * Takes a request.
   *
   * @return 0, or after how many nanoseconds there is one again; then nothing was taken
   */
  long take() {
    long now = clock.getAsLong();
    while (true) {
      long before = fullAt.get();
      long after = Math.max(before - now, 0) + nanosPerRequest;
      if (after > room) {
        return after - room;
      }
      if (fullAt.compareAndSet(before, now + after)) {
        return 0;
      }
    }
  }

  /** Whether forgetting it would change nothing. */
  boolean isFull() {
    return fullAt.get() - clock.getAsLong() <= 0;
  }
}
