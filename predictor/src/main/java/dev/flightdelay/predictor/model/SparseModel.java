package dev.flightdelay.predictor.model;

/** A model that scores rows of which nearly all cells are zeros without looking at the zeros. */
public interface SparseModel extends Model {

  /**
   * Scores all rows and writes the arrays that {@code scores} has, as {@link Model#score(Rows, int,
   * int, Scores)} does with the same rows.
   */
  void score(SparseRows rows, Scores scores);
}
