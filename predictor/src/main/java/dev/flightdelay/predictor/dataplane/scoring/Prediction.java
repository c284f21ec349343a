package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.util.function.BooleanSupplier;

/**
 * A prediction that a worker makes: its body is read, if it is not yet, its rows are scored a block
 * at a time, and its answer is written.
 */
final class Prediction extends Work {

  private final PredictionEndpoint endpoint;
  private final Client client;
  private final Caller caller;
  private final Answer answer = new Answer();

  /** What is to be read; {@link PredictionEndpoint#NO_BODY} where it was. */
  private final Body body;

  private PredictRequest request;
  private Scores scores;
  private int scored;
  private long nanos;

  private Prediction(
      PredictionEndpoint endpoint, Body body, PredictRequest request, Client client) {
    super(client.identity(), client.expires());
    this.endpoint = endpoint;
    this.body = body;
    this.request = request;
    this.client = client;
    // Asked for here, on the client's own thread.
    this.caller = client.rated();
  }

  /** Of a body that is still to be read. */
  static Prediction of(PredictionEndpoint endpoint, Body body, Client client) {
    return new Prediction(endpoint, body, null, client);
  }

  /** Of a request that was read elsewhere. */
  static Prediction of(PredictionEndpoint endpoint, PredictRequest request, Client client) {
    return new Prediction(endpoint, PredictionEndpoint.NO_BODY, request, client);
  }

  @Override
  boolean turn(BooleanSupplier mayGoOn) {
    try {
      if (!goOn(mayGoOn)) {
        return false;
      }
      client.scored(endpoint, answer);
    } catch (Throwable failed) {
      // Whatever it was, the client must not wait for ever.
      client.failed(failed);
    }
    return true;
  }

  @Override
  void refuse(Refused why) {
    client.refused(why);
  }

  /** Whether there is an answer. */
  private boolean goOn(BooleanSupplier mayGoOn) {
    try {
      if (scores == null) {
        if (request == null) {
          request = endpoint.read(body);
          if (!endpoint.admits(request, caller, answer)) {
            return true;
          }
        }
        scores = endpoint.room(request);
      }
      return score(mayGoOn);
    } catch (RuntimeException | StackOverflowError failed) {
      endpoint.failed(body, failed, answer);
      return true;
    }
  }

  private boolean score(BooleanSupplier mayGoOn) {
    Rows rows = request.rows();
    long start = System.nanoTime();
    while (scored < rows.count()) {
      scored = endpoint.scoreBlock(rows, scored, scores);
      if (scored < rows.count() && !mayGoOn.getAsBoolean()) {
        nanos += System.nanoTime() - start;
        return false;
      }
    }
    endpoint.learn(rows.count(), nanos + System.nanoTime() - start);
    endpoint.write(request, scores, answer);
    return true;
  }
}
