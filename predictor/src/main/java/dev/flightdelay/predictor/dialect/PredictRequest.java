package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;

/**
 * A request for predictions, as a dialect has read it.
 *
 * @param rows the rows to score
 * @param probabilities whether the answer shows {@code predict_proba}
 * @param decisions whether the answer shows {@code decision_function}
 * @param transformed whether the answer shows {@code transform} of an estimator that predicts
 * @param answer how the answer is written
 */
public record PredictRequest(
    Rows rows, boolean probabilities, boolean decisions, boolean transformed, Answer answer) {

  /** Writes an answer's body. */
  @FunctionalInterface
  public interface Answer {
    void write(Scores scores, JsonWriter out);
  }

  /** Only {@code predict} is asked for. */
  public static PredictRequest predict(Rows rows, Answer answer) {
    return new PredictRequest(rows, false, false, false, answer);
  }
}
