package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.auth.caller.Caller;

/**
 * Who waits for a prediction. What becomes of it is told on a worker's thread, or on that of
 * another client whose request takes its place.
 */
public interface Client {

  /** Whose share of the workers it takes; equal for the same caller. */
  Object identity();

  /** Whose rows are counted; null where nobody's are. */
  Caller rated();

  /** Until when the answer may take, by {@link System#nanoTime}. */
  long expires();

  /**
   * Told before a worker begins.
   *
   * @param work what is done for it; null where nothing is after all
   */
  void waitsFor(Work work);

  void scored(PredictionEndpoint endpoint, Answer answer);

  /** It gets no answer. */
  void refused(Work.Refused why);

  void failed(Throwable failed);
}
