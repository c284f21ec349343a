package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether this replica leads, by its own clock: from the moment at which its last successful
 * renewal was sent, which is before anybody else could see it. Clocks that differ do not matter,
 * nor do times that jump: only that a second takes as long here as there.
 */
public final class Leadership {

  private final LeaseTimes times;
  private final boolean undisputed;
  private final LongSupplier nanoTime;
  private volatile Renewal last;

  /** When the last renewal was sent, in the clock's nanoseconds; a reign ends where it is null. */
  private record Renewal(long sentAt) {}

  private Leadership(LeaseTimes times, boolean undisputed, LongSupplier nanoTime) {
    this.times = requireNonNull(times);
    this.undisputed = undisputed;
    this.nanoTime = requireNonNull(nanoTime);
  }

  /** Of a replica that has to be elected. */
  public static Leadership elected(LeaseTimes times) {
    return new Leadership(times, false, System::nanoTime);
  }

  static Leadership elected(LeaseTimes times, LongSupplier nanoTime) {
    return new Leadership(times, false, nanoTime);
  }

  /** Of the only replica, which always leads. */
  public static Leadership undisputed(LeaseTimes times) {
    return new Leadership(times, true, System::nanoTime);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** The lease was taken or renewed by a request that was sent at that time. */
  void renewed(long sentAt) {
    last = new Renewal(sentAt);
  }

  /** The lease is given back, or is another's. */
  void ended() {
    last = null;
  }

  /** Whether this replica has taken the lease, and not given it back; it may have run out. */
  boolean reigns() {
    return last != null;
  }

  /** Whether this replica may write now. */
  public boolean leads() {
    return undisputed || writesFor().isPositive();
  }

  /** Whether there is nobody beside whom it could write. */
  boolean isUndisputed() {
    return undisputed;
  }

  /** For how long it may begin to write still: not positive where it may not. */
  Duration writesFor() {
    return left(times.renewDeadline());
  }

  /**
   * Within which time what an elected replica writes now must be answered: before another one may
   * begin. Nothing may be written where that is empty.
   */
  Optional<Duration> answerWithin() {
    return leads() ? Optional.of(left(times.duration())) : Optional.empty();
  }

  private Duration left(Duration of) {
    Renewal renewal = last;
    return renewal == null ? Duration.ZERO : of.minusNanos(nanoTime.getAsLong() - renewal.sentAt);
  }
}
