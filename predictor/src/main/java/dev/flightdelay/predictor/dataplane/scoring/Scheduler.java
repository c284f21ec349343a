package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.PredictRequest;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

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
    /** Nowhere: its caller has more waiting than others, who need the place. */
    ABOVE_SHARE,
    /** Nowhere: the server stops. */
    STOPPING
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
    this.workers = new Workers(limits.eventLoops());
  }

  /**
   * Scores a body or has it scored. Scored here, it is in flight until the caller says {@link
   * #leave()}; scored on a worker, until it says {@link #leave(Work)}.
   *
   * @param kept whether the body's array stays as it is until there is an answer
   * @param here takes the answer where it is scored here
   * @param client is told where it is scored on a worker
   */
  public Place score(
      PredictionEndpoint endpoint, Body body, boolean kept, Answer here, Client client) {
    if (endpoint.takesLong()) {
      // Before anything is read of it: a refusal is to cost little.
      Place congested = congested(client);
      if (congested != null) {
        return congested;
      }
    }
    // Counted only now: who sends slowly must not take the place of who has sent.
    if (!enter(client)) {
      return full(client);
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

  /**
   * Does on a worker what comes before a body can be scored. It is in flight until the caller says
   * {@link #leave(Work)}, as what is scored on a worker.
   *
   * @param work does not throw
   */
  public Place prepare(Runnable work, Client client) {
    Place congested = congested(client);
    if (congested != null) {
      return congested;
    }
    if (!enter(client)) {
      return full(client);
    }
    Place place = execute(new Preparation(work, client), client);
    if (place != Place.WORKER) {
      leave();
    }
    return place;
  }

  private Place entered(
      PredictionEndpoint endpoint, Body body, boolean kept, Answer here, Client client) {
    if (body.to() - body.from() > maxBytesHere) {
      Place congested = congested(client);
      return congested != null
          ? congested
          : execute(Prediction.of(endpoint, kept ? body : body.copy(), client), client);
    }
    PredictRequest left = endpoint.answer(body, maxRowsHere, client.rated(), here);
    if (left == null) {
      return Place.HERE;
    }
    Place congested = congested(client);
    if (congested != null) {
      return congested;
    }
    return endpoint.admits(left, client.rated(), here)
        ? execute(Prediction.of(endpoint, left, client), client)
        : Place.HERE;
  }

  /** Null where it would not wait too long. */
  private Place congested(Client client) {
    return switch (workers.congestion(client.identity())) {
      case NONE -> null;
      case SERVER -> Place.CONGESTED;
      case CALLER -> Place.ABOVE_SHARE;
    };
  }

  private Place full(Client client) {
    return workers.isAboveShare(client.identity()) ? Place.ABOVE_SHARE : Place.FULL;
  }

  private Place execute(Work work, Client client) {
    client.waitsFor(work);
    try {
      workers.execute(work);
      return Place.WORKER;
    } catch (RejectedExecutionException stopping) {
      client.waitsFor(null);
      return Place.STOPPING;
    }
  }

  /**
   * Counts a prediction, in place of one of whoever has most waiting where there are too many.
   *
   * @return false where nobody has more waiting: then it is not counted
   */
  private boolean enter(Client client) {
    if (inFlight.incrementAndGet() <= maxInFlight) {
      return true;
    }
    Work displaced = workers.displace(client.identity());
    if (displaced == null) {
      inFlight.decrementAndGet();
      return false;
    }
    leave(displaced);
    displaced.refuse(Work.Refused.DISPLACED);
    return true;
  }

  /** A prediction that was scored here is answered. */
  public void leave() {
    inFlight.decrementAndGet();
  }

  /** What a worker did is answered, or nobody waits for it any more: then it is not done. */
  public void leave(Work work) {
    workers.drop(work);
    if (work.takePlace()) {
      inFlight.decrementAndGet();
    }
  }

  /**
   * Takes work from the workers, unless one of them is at it.
   *
   * @return whether it was waiting, and nobody will answer it
   */
  public boolean withdraw(Work work) {
    return workers.withdraw(work);
  }

  /** The predictions that are being scored or wait for it. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Takes no more work; what runs ends with its next part, and nobody waits for what is queued. */
  public void stop() {
    workers.stop();
  }

  /** What comes before a body can be scored. */
  private static final class Preparation extends Work {

    private final Runnable work;
    private final Client client;

    Preparation(Runnable work, Client client) {
      super(client.identity(), client.expires());
      this.work = work;
      this.client = client;
    }

    @Override
    boolean turn(BooleanSupplier mayGoOn) {
      work.run();
      return true;
    }

    @Override
    void refuse(Refused why) {
      client.refused(why);
    }
  }
}
