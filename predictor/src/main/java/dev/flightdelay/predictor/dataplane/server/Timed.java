package dev.flightdelay.predictor.dataplane.server;

/**
 * What has deadlines: a connection's, whatever protocol it speaks. Ending it takes it out of the
 * list it is in.
 */
public abstract class Timed {

  // Links of its list, which so needs nothing for each connection.
  Timed previous;
  Timed next;

  /**
   * Ends what takes too long; does not throw.
   *
   * @param now by {@link System#nanoTime}
   */
  protected abstract void tick(long now);

  /** Whether it waits for a request of which nothing has come, and is not being closed. */
  protected abstract boolean isIdle();

  /** Ends it without a word; does not throw. */
  protected abstract void hangUp();

  /** Since when it has waited for its client, by {@link System#nanoTime}. */
  protected abstract long since();
}
