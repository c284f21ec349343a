package dev.flightdelay.predictor.model;

import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/**
 * What a row of a model costs, and what one may cost. The estimate alone decides, so that a file
 * that is served on one machine is served on every one with the same setting.
 *
 * @param most the operations that a row may take: {@code MODEL_MAX_ROW_COST}
 */
public record RowBudget(RowCost cost, long most) {

  /**
   * About a tenth of a second, within which nearly all answers are to come. A brute-force search
   * among a million rows of 30 columns takes 33 million operations, a forest of 1,000 deep trees
   * 100 thousand.
   */
  public static final long DEFAULT_MAX_COST = 100_000_000;

  /** A model has to be able to take a text of so many letters: some two pages. */
  private static final int USUAL_TEXT = 4096;

  /** So many numbers may be made at a time on the way from rows to answers: 32 MiB. */
  private static final int MAX_CELLS = 1 << 22;

  /**
   * So many operations are done at a time, where rows take as many: some hundredths of a second,
   * after which somebody can see whether anybody still waits for the rest.
   */
  private static final long MAX_OPERATIONS = 10_000_000;

  /** Of which texts' terms make fewer than one in so many operations. */
  private static final int OPERATIONS_PER_CELL = 16;

  /**
   * @throws ModelRefusedException if a row, or one with a usual text, costs more than it may
   */
  public void check() {
    long estimate = cost.withText(USUAL_TEXT);
    if (estimate > most) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "one row%s takes, by estimate, %,d operations or more, and MODEL_MAX_ROW_COST (--model-max-row-cost=, spec.limits.maxRowCost) allows %,d; make the model smaller, or raise it if callers may wait and keep a processor for so long"
              .formatted(
                  cost.perLetter() == 0 ? "" : " with a text of %,d letters".formatted(USUAL_TEXT),
                  estimate,
                  most));
    }
  }

  /**
   * How many rows from one on may be scored together, so that what is made of them and the time
   * that they take are bounded.
   */
  public int rowsAtATime(Rows rows, int from) {
    long byCells = MAX_CELLS / Math.max(1, cost.cells());
    long byOperations = MAX_OPERATIONS / Math.max(1, cost.operations());
    int most = Math.toIntExact(Math.max(1, Math.min(byCells, byOperations)));
    if (cost.perLetter() == 0 || rows.texts() == null) {
      return most;
    }
    int count = 0;
    long operations = 0;
    while (count < most && from + count < rows.count()) {
      operations += cost.perLetter() * RowCost.letters(rows, from + count);
      if (count > 0 && operations > (long) MAX_CELLS * OPERATIONS_PER_CELL) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * @throws UnusableRowsException that names the first row whose texts are so long that it costs
   *     more than it may
   */
  public void require(Rows rows) {
    if (cost.perLetter() == 0 || rows.texts() == null) {
      return;
    }
    long longest = (most - cost.operations()) / cost.perLetter();
    for (int row = 0; row < rows.count(); row++) {
      long letters = RowCost.letters(rows, row);
      if (letters > longest) {
        throw new UnusableRowsException(
            "row %d has texts of %,d letters, and this model takes at most %,d in a row"
                .formatted(row, letters, longest));
      }
    }
  }
}
