package dev.flightdelay.predictor.model;

/**
 * What scoring one row costs at most, estimated from a model's parts: nothing is measured, so that
 * it is the same on every machine.
 *
 * @param operations elementary ones: a multiplication with an addition, a comparison, a step down a
 *     tree. A processor does some hundred million of them in a second, or a billion.
 * @param perLetter the operations for each letter of the row's texts
 * @param cells the numbers that are written on the way from the row to the answer
 * @param mayBlock whether an event loop may do it while its other clients wait, if it is little
 */
public record RowCost(long operations, long perLetter, long cells, boolean mayBlock) {

  /** Nothing. */
  public static final RowCost NONE = new RowCost(0, 0, 0, true);

  public RowCost {
    if (operations < 0 || perLetter < 0 || cells < 0) {
      throw new IllegalArgumentException("a row costs nothing or more");
    }
  }

  /** That many operations, whatever the row is. */
  public static RowCost of(long operations) {
    return new RowCost(operations, 0, 0, true);
  }

  /** What a model costs beside taking a row of its features, and giving what it answers. */
  public static RowCost of(Signature signature, long operations) {
    long cells =
        (long) signature.features().count()
            + signature.outputs()
            + signature.probabilityWidth()
            + signature.decisionWidth();
    return withCells(cells, operations);
  }

  /** So many operations, beside taking and giving so many numbers. */
  static RowCost withCells(long cells, long operations) {
    return new RowCost(sum(operations, cells), 0, cells, true);
  }

  /** The cost of doing both, one after the other. */
  public RowCost plus(RowCost other) {
    return new RowCost(
        sum(operations, other.operations),
        sum(perLetter, other.perLetter),
        sum(cells, other.cells),
        mayBlock && other.mayBlock);
  }

  /** The operations for a row with texts of so many letters together. */
  public long withText(long letters) {
    return sum(operations, product(perLetter, letters));
  }

  static long letters(Rows rows, int row) {
    long letters = 0;
    for (int column = 0; column < rows.width(); column++) {
      String text = rows.text(row, column);
      letters += text == null ? 0 : text.length();
    }
    return letters;
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long product(long one, long other) {
    return Math.multiplyHigh(one, other) != 0 || one * other < 0 ? Long.MAX_VALUE : one * other;
  }
}
