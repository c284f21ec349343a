package dev.flightdelay.operator.reconcile;

/**
 * Asks a pod what it serves.
 *
 * @param again whether it was asked before, and was silent: such a question waits for all others,
 *     as it is likely to take seconds and to learn nothing
 */
record PodQuestion(boolean again, Runnable asking) implements Runnable {

  @Override
  public void run() {
    asking.run();
  }
}
