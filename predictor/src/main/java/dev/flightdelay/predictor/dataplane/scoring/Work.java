package dev.flightdelay.predictor.dataplane.scoring;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a worker does for a caller, in one turn or several. */
public abstract class Work {

  /** Why it is not done, or not to its end. */
  public enum Refused {
    /** Its time is over, and nothing of it was done. */
    LATE,
    /** Its time is over, and a part of it was done. */
    LATE_MIDWAY,
    /** Its caller has more waiting than others, who need the place. */
    DISPLACED
  }

  private final Object caller;
  private final long expires;

  /** It has a place among the requests in flight, which is given back once. */
  private final AtomicBoolean place = new AtomicBoolean(true);

  private volatile boolean begun;
  private volatile boolean dropped;
  // Of the thread whose turn it is.
  private long since;
  private long nanos;

  /**
   * @param caller whose share it is of; equal for the same caller
   * @param expires until when it may take, by {@link System#nanoTime}
   */
  Work(Object caller, long expires) {
    this.caller = requireNonNull(caller);
    this.expires = expires;
  }

  /**
   * Goes on with it; does not throw.
   *
   * @param mayGoOn asked after a part that takes some time, and before the next
   * @return whether it is done; else there is more to do, if anybody still wants it
   */
  abstract boolean turn(BooleanSupplier mayGoOn);

  /** It gets no more turns; does not throw. */
  abstract void refuse(Refused why);

  final Object caller() {
    return caller;
  }

  /** Whether it has taken as long as it may. */
  public final boolean isLate(long now) {
    return now - expires > 0;
  }

  /** Why it is refused when it is late. */
  public final Refused late() {
    return begun ? Refused.LATE_MIDWAY : Refused.LATE;
  }

  final boolean hasBegun() {
    return begun;
  }

  /** A turn begins. */
  final void begin(long now) {
    begun = true;
    since = now;
  }

  /** How long the turn has lasted. */
  final long lasted(long now) {
    return now - since;
  }

  /** A turn is over. */
  final long end(long now) {
    long lasted = now - since;
    nanos += lasted;
    since = now;
    return lasted;
  }

  /** What all turns that are over took. */
  final long nanos() {
    return nanos;
  }

  /** Nobody wants it any more. */
  final void drop() {
    dropped = true;
  }

  final boolean isDropped() {
    return dropped;
  }

  /** Takes its place among the requests in flight away; false where it has none any more. */
  final boolean takePlace() {
    return place.getAndSet(false);
  }
}
