package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;

/**
 * What a request asks.
 *
 * @param rows the rows to score
 * @param probabilities whether the answer shows {@code predict_proba}
 * @param decisions whether the answer shows {@code decision_function}
 * @param transformed whether the answer shows {@code transform} of an estimator that predicts
 * @param answer how the answer is written
 */
public record Question(
    Rows rows, boolean probabilities, boolean decisions, boolean transformed, Answer answer) {

  /** Writes an answer's body. */
  @FunctionalInterface
  public interface Answer {
    void write(Scores scores, JsonWriter out);
  }

  /** Only {@code predict} is asked for. */
  public static Question predict(Rows rows, Answer answer) {
    return new Question(rows, false, false, false, answer);
  }
}
