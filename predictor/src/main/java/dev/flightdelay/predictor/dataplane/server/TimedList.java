package dev.flightdelay.predictor.dataplane.server;

/**
 * The connections of one event loop, whose deadlines are looked at a few times a second all
 * together, because a timer for each request would cost more than the request. Only that event
 * loop's thread touches it.
 */
public final class TimedList {

  private Timed first;

  public void add(Timed timed) {
    timed.next = first;
    if (first != null) {
      first.previous = timed;
    }
    first = timed;
  }

  public void remove(Timed timed) {
    if (timed.previous != null) {
      timed.previous.next = timed.next;
    } else if (first == timed) {
      first = timed.next;
    }
    if (timed.next != null) {
      timed.next.previous = timed.previous;
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
}
