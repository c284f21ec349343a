package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.PredictRequest;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides where a prediction is scored: on the event loop that read it, on a worker, or nowhere
 * because too much is asked already (backpressure).
 */
public final class Scheduler {

  /** Where a prediction is scored. */
  public enum Place {
    /** Here: the answer is there. */
    HERE,
    /** On a worker, which tells the client. */
    WORKER,
    /** Nowhere: it would wait too long for a worker. */
    CONGESTED,
    /** Nowhere: too many are in flight. */
    FULL,
    /** Nowhere: the server stops. */
    STOPPING
  }

  /** Who waits for a worker's answer. Is told on the worker's thread. */
  public interface Client {

    void scored(PredictionEndpoint endpoint, Answer answer);

    void failed(Throwable failed);
  }

  private interface Work {
    void fill(Answer answer);
  }

  private final int maxInFlight;
  private final int maxBytesHere;
  private final int maxRowsHere;
  private final Workers workers;
  private final AtomicInteger inFlight = new AtomicInteger();

  public Scheduler(DataPlaneLimits limits) {
    this.maxInFlight = limits.inFlight();
    this.maxBytesHere = limits.eventLoopBodyBytes();
    this.maxRowsHere = limits.eventLoopRows();
    this.workers = new Workers(limits.eventLoops(), limits.inFlight());
  }

  /**
   * Scores a body or has it scored. Scored here or on a worker, it is in flight until the caller
   * says {@link #leave}.
   *
   * @param kept whether the body's array stays as it is until there is an answer
   * @param here takes the answer where it is scored here
   * @param client is told where it is scored on a worker
   */
  public Place score(
      PredictionEndpoint endpoint, Body body, boolean kept, Answer here, Client client) {
    if (endpoint.takesLong() && workers.congested()) {
      // Before anything is read of it: a refusal is to cost little.
      return Place.CONGESTED;
    }
    // Counted only now: who sends slowly must not take the place of who has sent.
    if (!enter()) {
      return Place.FULL;
    }
    boolean stays = false;
    try {
      Place place = entered(endpoint, body, kept, here, client);
      stays = place == Place.HERE || place == Place.WORKER;
      return place;
    } finally {
      if (!stays) {
        leave();
      }
    }
  }

  private Place entered(
      PredictionEndpoint endpoint, Body body, boolean kept, Answer here, Client client) {
    if (body.to() - body.from() > maxBytesHere) {
      Body own = kept ? body : copy(body);
      return onWorker(endpoint, answer -> endpoint.answer(own, answer), client);
    }
    PredictRequest left = endpoint.answer(body, maxRowsHere, here);
    return left == null
        ? Place.HERE
        : onWorker(endpoint, answer -> endpoint.answer(left, answer), client);
  }

  private static Body copy(Body body) {
    byte[] bytes = Arrays.copyOfRange(body.bytes(), body.from(), body.to());
    return new Body(bytes, 0, bytes.length, body.jsonLength());
  }

  private Place onWorker(PredictionEndpoint endpoint, Work work, Client client) {
    if (workers.congested()) {
      return Place.CONGESTED;
    }
    try {
      workers.execute(
          () -> {
            try {
              Answer answer = new Answer();
              work.fill(answer);
              client.scored(endpoint, answer);
            } catch (Throwable failed) {
              // Whatever it was, the client must not wait for ever.
              client.failed(failed);
            }
          });
      return Place.WORKER;
    } catch (RejectedExecutionException stopping) {
      return Place.STOPPING;
    }
  }

  /** Counts a prediction; false where there are too many, and it is not counted. */
  private boolean enter() {
    if (inFlight.incrementAndGet() <= maxInFlight) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  /** A prediction is answered, or its client has gone. */
  public void leave() {
    inFlight.decrementAndGet();
  }

  /** The predictions that are being scored or wait for it. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Takes no more work; what runs is not interrupted, and nobody waits for what is queued. */
  public void stop() {
    workers.stop();
  }
}
