package dev.flightdelay.predictor.dataplane;

/**
 * How far an event loop is behind, and whether it should refuse rather than answer.
 *
 * <p>A loop turns: it asks the system which connections have sent something, and answers them one
 * after the other. Whoever is at the end of a turn has waited for all before, and the system's
 * buffers hold what arrives meanwhile. Turns that stay long mean that more is asked than can be
 * answered. From then on a request that has waited too long is refused, if that is cheaper than
 * answering it: refusals get only a small part of the time, because reading a request and sending
 * any answer costs something too. Where that is nearly all that an answer costs, most are answered,
 * late; where scoring is what takes long, all that is too much is refused at once.
 *
 * <p>Only the event loop's thread touches it. It takes its times from requests, which have them
 * anyway.
 */
final class EventLoopLoad {

  /** What a request may wait in a turn. Hundreds of clients of a process that just started do. */
  private static final long PATIENCE_NANOS = 500_000_000L;

  /** Turns that are long for no longer than this are a hiccup, and nobody is refused for it. */
  private static final long HICCUP_NANOS = 2_000_000_000L;

  /** At most one part in so many goes into refusals. */
  private static final int REFUSALS = 7;

  /** Older times count ever less. */
  private static final long MEMORY_NANOS = 1_000_000_000L;

  private boolean turned = true;
  private long turnSince;
  private long calmSince;
  private long last;
  private long lastTook;
  private long answering;
  private long refusing;

  /**
   * @param now the time in nanoseconds, from wherever; it is so everywhere here
   */
  EventLoopLoad(long now) {
    turnSince = now;
    calmSince = now;
    last = now;
  }

  /** The next turn begins when something arrives. */
  void turn() {
    turned = true;
  }

  /** A connection's bytes are read. */
  void arrived(long now) {
    if (turned) {
      turned = false;
      if (last - turnSince < PATIENCE_NANOS) {
        calmSince = now;
      }
      turnSince = now;
      last = now;
    }
  }

  /** A request was answered: what it took is known. */
  void answered(long now) {
    if (turned) {
      // It was answered by a worker, in nobody's turn.
      return;
    }
    lastTook = now - last;
    last = now;
    answering += lastTook;
    if (answering + refusing > MEMORY_NANOS) {
      answering /= 2;
      refusing /= 2;
    }
  }

  /** The request answered last was refused by this. */
  void refused() {
    refusing += lastTook;
    answering -= lastTook;
    lastTook = 0;
  }

  /** Whether turns have stayed long: more is asked than can be answered. */
  boolean behind() {
    return last - calmSince > HICCUP_NANOS;
  }

  /** Whether the request that comes next is to be refused. */
  boolean refuses() {
    return behind() && last - turnSince > PATIENCE_NANOS && refusing * (REFUSALS - 1) < answering;
  }
}
