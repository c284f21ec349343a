package dev.flightdelay.predictor.dataplane.server;

/**
 * The connections of one event loop, whose deadlines are looked at a few times a second all
 * together, because a timer for each request would cost more than the request. Only that event
 * loop's thread touches it.
 */
public final class TimedList {

  /**
   * Who was answered so lately is not closed for others: the next request may be on its way, and
   * would be lost.
   */
  private static final long BUSY_NANOS = 1_000_000_000L;

  private Timed first;
  private Timed last;

  public void add(Timed timed) {
    timed.previous = last;
    if (last == null) {
      first = timed;
    } else {
      last.next = timed;
    }
    last = timed;
  }

  /** It has been used: the list is in the order of last use. */
  public void used(Timed timed) {
    if (timed != last && (timed.previous != null || timed == first)) {
      remove(timed);
      add(timed);
    }
  }

  public void remove(Timed timed) {
    if (timed.previous != null) {
      timed.previous.next = timed.next;
    } else if (first == timed) {
      first = timed.next;
    }
    if (timed.next != null) {
      timed.next.previous = timed.previous;
    } else if (last == timed) {
      last = timed.previous;
    }
    timed.previous = null;
    timed.next = null;
  }

  /** Ends what is past its deadline. */
  public void sweep() {
    long now = System.nanoTime();
    Timed timed = first;
    while (timed != null) {
      // Ending a connection takes it out of the list.
      Timed following = timed.next;
      timed.tick(now);
      timed = following;
    }
  }

  /**
   * Ends those that have been idle longest.
   *
   * @param most how many to end
   * @param looked how many to look at most
   */
  public void endIdle(int most, int looked) {
    long now = System.nanoTime();
    Timed timed = first;
    int ended = 0;
    for (int i = 0; timed != null && ended < most && i < looked; i++) {
      // Ending a connection takes it out of the list.
      Timed following = timed.next;
      if (now - timed.since() > BUSY_NANOS && timed.isIdle()) {
        timed.hangUp();
        ended++;
      }
      timed = following;
    }
  }
}
