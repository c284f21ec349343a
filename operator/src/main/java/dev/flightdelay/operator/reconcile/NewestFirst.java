package dev.flightdelay.operator.reconcile;

import java.util.concurrent.LinkedBlockingDeque;

/**
 * A queue whose last comer is served first: a pod that is ready now is asked before the thousands
 * that an operator finds at its start, each of which may be silent for seconds. A pod that was
 * silent before is asked after all others.
 */
public final class NewestFirst extends LinkedBlockingDeque<Runnable> {

  private static final long serialVersionUID = 1;

  @Override
  public boolean offer(Runnable question) {
    return question instanceof PodQuestion(boolean again, Runnable _) && again
        ? offerLast(question)
        : offerFirst(question);
  }
}
