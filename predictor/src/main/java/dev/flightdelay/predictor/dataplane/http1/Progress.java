package dev.flightdelay.predictor.dataplane.http1;

/** What a connection is doing, and since when its client has been waited for. */
final class Progress {

  enum State {
    /** Waits for a request, or has a part of its head. */
    HEAD,
    /** Has a part of a body. */
    BODY,
    /** Has a head, and somebody is asked who it is from; what follows it is not decoded yet. */
    CHECKING,
    /** Its request is being answered on another thread. */
    BUSY,
    /** Has sent its last answer and waits for the client to close. */
    CLOSING
  }

  private State state = State.HEAD;

  /** When the request's first byte came; when idle, when the last answer was given. */
  private long since = System.nanoTime();

  /** A part of a head has arrived. */
  private boolean headBegun;

  private boolean answered;
  private long bodySince;
  private long stalledSince;
  private long stalledBytes;
  private boolean stalled;

  State state() {
    return state;
  }

  void enter(State next) {
    state = next;
  }

  /** When the request's first byte came; when idle, when the last answer was given. */
  long since() {
    return since;
  }

  /** What is waited for now is waited for since then. */
  void restart(long now) {
    since = now;
  }

  /** A request is answered: the next is waited for. */
  void answered(long now) {
    answered = true;
    restart(now);
  }

  /** Whether there has been an answer on this connection. */
  boolean wasAnswered() {
    return answered;
  }

  /** Bytes have arrived, but are not decoded yet. */
  void bytesArrive() {
    if (state == State.HEAD && !headBegun) {
      since = System.nanoTime();
    }
  }

  /** What has arrived gives neither a head nor a piece of a body yet. */
  void incomplete() {
    headBegun = state == State.HEAD;
  }

  /** All of a head is there. */
  void headComplete() {
    headBegun = false;
  }

  /** Whether a part of a head is there, but not all of it. */
  boolean headBegun() {
    return headBegun;
  }

  /** A body is waited for. */
  void bodyBegins() {
    bodySince = System.nanoTime();
  }

  /** Since when a body has been waited for. */
  long bodySince() {
    return bodySince;
  }

  /**
   * The client does not read its answers.
   *
   * @param bytes how many it must take before there is room for more
   */
  void stall(long bytes) {
    stalled = true;
    stalledSince = System.nanoTime();
    stalledBytes = bytes;
  }

  /** Whether the client does not read its answers. */
  boolean stalled() {
    return stalled;
  }

  /**
   * Since when the client has read nothing of its answers.
   *
   * @param bytes how many it must take now before there is room for more
   */
  long stalledSince(long bytes, long now) {
    if (bytes < stalledBytes) {
      stalledBytes = bytes;
      stalledSince = now;
    }
    return stalledSince;
  }

  /** The client has read enough of its answers. */
  void unstall() {
    stalled = false;
    since = System.nanoTime();
  }
}
