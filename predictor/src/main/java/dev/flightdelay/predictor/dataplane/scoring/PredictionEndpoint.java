package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request's body to an answer's body: a dialect before a model. Runs on any thread. */
public final class PredictionEndpoint {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(PredictionEndpoint.class);
  }

  public static final Body NO_BODY = new Body(new byte[0], 0, 0);

  /** The numbers that one answer may have in all its outputs together. */
  private static final int MAX_ANSWER = 4_000_000;

  /** Answers with more probabilities than this do not compute them only to be counted. */
  private static final int MAX_COUNTED = 1 << 16;

  /**
   * Scoring that is expected to take longer leaves the event loop, however few the rows are: then
   * the workers' queue tells when too much is asked. What takes less is not worth a change of
   * threads, and hardly dearer than its refusal.
   */
  private static final long MAX_EVENT_LOOP_NANOS = 250_000;

  /**
   * What may cost more operations than this leaves the event loop at once: no row before it has to
   * show how long that takes.
   */
  private static final long MAX_EVENT_LOOP_COST = 4_000_000;

  /** How many requests on an event loop there are for each whose scoring is timed. */
  private static final int TIMED = 16;

  private final Dialect dialect;
  private final Model model;
  private final Signature signature;
  private final RowBudget budget;
  private final RequestMetrics.Series series;

  // Shared without locks: what gets lost of them does not matter.
  private long nanosPerRow;
  private int answered;

  public PredictionEndpoint(Dialect dialect, ServedModel served, RequestMetrics.Series series) {
    this.dialect = dialect;
    this.model = served.model();
    this.signature = model.signature();
    this.budget = served.budget();
    this.series = series;
  }

  public Dialect dialect() {
    return dialect;
  }

  public RequestMetrics.Series series() {
    return series;
  }

  /** Whether even a single row is expected to take too long for an event loop. */
  boolean takesLong() {
    return nanosPerRow > MAX_EVENT_LOOP_NANOS || isDear(1, 0);
  }

  /**
   * Reads a body and answers it, unless it has more rows than {@code maxRowsHere} or scoring them
   * is expected to take long.
   *
   * @param caller whose rows are counted; null where nobody's are
   * @return the request that is still to be answered, or null
   */
  PredictRequest answer(Body body, int maxRowsHere, Caller caller, Answer answer) {
    try {
      PredictRequest request = dialect.read(body);
      int rows = request.rows().count();
      int letters = request.rows().texts() == null ? 0 : body.to() - body.from();
      if (rows > maxRowsHere
          || rows * nanosPerRow > MAX_EVENT_LOOP_NANOS
          || isDear(rows, letters)) {
        return request;
      }
      if (caller == null || admits(request, caller, answer)) {
        score(request, answer, answered++ % TIMED == 0);
      }
    } catch (RuntimeException | StackOverflowError failed) {
      failed(body, failed, answer);
    }
    return null;
  }

  /** Whether rows with texts of so many letters together may cost too much for an event loop. */
  private boolean isDear(int rows, int letters) {
    RowCost cost = budget.cost();
    return !cost.mayBlock()
        || cost.operations() > MAX_EVENT_LOOP_COST / rows
        || cost.withText(letters) - cost.operations() > MAX_EVENT_LOOP_COST;
  }

  /**
   * Whether a caller may have so many rows scored now; else the answer says when.
   *
   * @param caller null where nobody's rows are counted
   */
  boolean admits(PredictRequest request, Caller caller, Answer answer) {
    long pause = caller == null ? 0 : caller.takeRows(request.rows().count());
    if (pause == 0) {
      return true;
    }
    refuse(
        NO_BODY,
        429,
        "a caller may have "
            + caller.rowsPerSecond()
            + " rows a second scored here; try again later",
        answer);
    answer.retryAfter(Math.ceilDiv(pause, 1_000_000_000L));
    return false;
  }

  private void score(PredictRequest request, Answer answer, boolean timed) {
    Rows rows = request.rows();
    Scores scores = room(request);
    long start = timed ? System.nanoTime() : 0;
    for (int from = 0; from < rows.count(); ) {
      from = scoreBlock(rows, from, scores);
    }
    if (timed) {
      learn(rows.count(), System.nanoTime() - start);
    }
    write(request, scores, answer);
  }

  PredictRequest read(Body body) {
    return dialect.read(body);
  }

  /** Room for what is asked for. */
  Scores room(PredictRequest request) {
    Rows rows = request.rows();
    boolean probabilities =
        request.probabilities()
            || (long) rows.count() * signature.probabilityWidth() <= MAX_COUNTED;
    checkSize(request, rows.count());
    budget.require(rows);
    return Scores.of(
        signature, rows.count(), probabilities, request.decisions(), request.transformed());
  }

  /**
   * Scores as many rows as are scored together.
   *
   * @return the first that is not scored yet
   */
  int scoreBlock(Rows rows, int from, Scores scores) {
    int to = Math.min(rows.count(), from + budget.rowsAtATime(rows, from));
    model.score(rows, from, to, scores);
    return to;
  }

  /** So many rows took so long. */
  void learn(int rows, long nanos) {
    nanosPerRow += (nanos / rows - nanosPerRow) / 4;
  }

  void write(PredictRequest request, Scores scored, Answer answer) {
    Scores scores = scored;
    if (scores.firstNotFinite(signature) >= 0) {
      // A class may be known where its probability is none; a page shows what there is.
      boolean asked = !dialect.answersHtml();
      scores = scores.shown(asked && request.probabilities(), asked && request.decisions());
      requireFinite(scores.firstNotFinite(signature));
    }
    answer.begin(200, dialect.answersHtml());
    request.answer().write(scores, answer.body());
    answer.scored(scores);
  }

  /** Weights are finite: only what a caller sends can be too large for them. */
  private static void requireFinite(int row) {
    if (row >= 0) {
      throw new UnusableRowsException(
          "the model's answer for row %d is not a finite number: a value of the row is too large for it"
              .formatted(row));
    }
  }

  private void checkSize(PredictRequest request, int rows) {
    long width =
        signature.outputs()
            + (request.probabilities() ? signature.probabilityWidth() : 0)
            + (request.decisions() ? signature.decisionWidth() : 0)
            + (request.transformed() ? signature.transformWidth() : 0);
    if (width * rows > MAX_ANSWER) {
      throw new RefusedRequestException(
          413,
          "the answer would have %d numbers; at most %d are given, so send fewer rows at a time"
              .formatted(width * rows, MAX_ANSWER));
    }
  }

  private void refuse(Body body, int status, String message, Answer answer) {
    answer.begin(status, dialect.answersHtml());
    dialect.refuse(body, status, message, answer.body());
  }

  /** Answers what failed, and logs it where it is not the caller's doing. */
  void failed(Body body, Throwable failed, Answer answer) {
    switch (failed) {
      case RefusedRequestException refused ->
          refuse(body, refused.status(), refused.getMessage(), answer);
      case MalformedJsonException refused -> refuse(body, 400, refused.getMessage(), answer);
      case UnusableRowsException refused -> refuse(body, 400, refused.getMessage(), answer);
      default -> {
        Failures.log
            .atError()
            .addKeyValue("dialect", dialect.name())
            .setCause(failed)
            .log("a request could not be answered");
        refuse(body, 500, "the prediction failed; the server's log says why", answer);
      }
    }
  }
}
