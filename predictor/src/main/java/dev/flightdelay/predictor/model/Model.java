package dev.flightdelay.predictor.model;

import java.util.Optional;

/**
 * A fitted estimator, read once and never changed: any number of threads may score with it.
 *
 * <p>Implementations stand beside the code that reads them, one file per estimator, in a package
 * for their library.
 */
public interface Model {

  /** What the model takes and gives. */
  Signature signature();

  /**
   * Scores rows {@code from} (inclusive) to {@code to} (exclusive) and writes the arrays that
   * {@code scores} has. The rows are as wide as the signature's features; their values are finite,
   * or NaN where the signature accepts missing values.
   */
  void score(Rows rows, int from, int to, Scores scores);

  /**
   * What one row costs at most, but for the models and transformers inside, which are counted by
   * themselves. Empty where that is about an operation for each number that was read for the
   * estimator: so it is for weights and for rows that all are looked at. What costs less, as a tree
   * does, or more, says so.
   */
  default Optional<RowCost> ownCost() {
    return Optional.empty();
  }

  /** What tells what each column added to an answer; made anew by each call. */
  default Explanations explanations() {
    return Explanations.none(signature().estimator());
  }

  /** Scores all rows into newly made arrays: all outputs that the estimator has. */
  default Scores score(Rows rows) {
    Scores scores = Scores.of(signature(), rows.count(), true, true, true);
    score(rows, 0, rows.count(), scores);
    return scores;
  }

  /** Scores all rows into newly made arrays: of the outputs that the estimator has, these. */
  default Scores score(Rows rows, boolean probabilities, boolean decisions) {
    Scores scores = Scores.of(signature(), rows.count(), probabilities, decisions);
    score(rows, 0, rows.count(), scores);
    return scores;
  }
}
