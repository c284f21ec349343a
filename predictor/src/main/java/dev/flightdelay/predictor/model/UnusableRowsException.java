package dev.flightdelay.predictor.model;

/** Rows that a caller sent and that the model does not take: the message names row and feature. */
public final class UnusableRowsException extends RuntimeException {

  private static final int NOWHERE = -1;

  private final int row;
  private final int column;
  private final String what;

  public UnusableRowsException(String message) {
    super(message, null, false, false);
    this.row = NOWHERE;
    this.column = NOWHERE;
    this.what = message;
  }

  /**
   * One value that a step inside a model does not take, by its place in what came to that step.
   *
   * @param what the rest of the sentence: {@code is missing, and ..}
   */
  public UnusableRowsException(int row, int column, String what) {
    this(row, column, String.valueOf(column), what);
  }

  private UnusableRowsException(int row, int column, String feature, String what) {
    super("row %d, feature %s %s".formatted(row, feature, what), null, false, false);
    this.row = row;
    this.column = column;
    this.what = what;
  }

  private UnusableRowsException(int row, String what) {
    super("row %d: a value %s".formatted(row, what), null, false, false);
    this.row = row;
    this.column = NOWHERE;
    this.what = what;
  }

  /** Whether it says which value is meant. */
  public boolean namesCell() {
    return column != NOWHERE;
  }

  /** Whether it says of which row it is. */
  public boolean namesRow() {
    return row != NOWHERE;
  }

  public int row() {
    return row;
  }

  public int column() {
    return column;
  }

  /** The same of a value of that row which no column of the caller's alone has made. */
  public UnusableRowsException inRow(int newRow) {
    return new UnusableRowsException(newRow, what);
  }

  /** The same of the same value, by its place in what came to the step around. */
  public UnusableRowsException at(Features features, int newRow, int newColumn) {
    return new UnusableRowsException(newRow, newColumn, features.describe(newColumn), what);
  }
}
