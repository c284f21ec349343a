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
}
