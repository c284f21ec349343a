package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import java.util.List;

/** How answers are written, a line for each row. */
public sealed interface AnswerWriter permits CsvAnswers, JsonLineAnswers {

  /**
   * What stands before the first row.
   *
   * @param passedNames of the columns that are handed on
   */
  void begin(List<String> passedNames, JsonWriter out);

  /**
   * A row's line.
   *
   * @param scores of some rows of the batch
   * @param from the first of these among the batch's
   * @param row of the scores
   */
  void row(RowBatch batch, Scores scores, int from, int row, JsonWriter out);
}
