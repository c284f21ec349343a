package dev.flightdelay.predictor.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A fitted transformer, read once and never changed: columns in, columns out. A step of a pipeline,
 * or served by itself.
 */
public interface Transformer {

  /** The columns it takes. */
  Features features();

  /**
   * The columns that it takes where what follows takes {@code next}: a column that only passes
   * takes what it takes there.
   */
  default Features features(Features next) {
    return features();
  }

  /** How many columns it gives. */
  int width();

  /** Whether NaN as input is a missing value rather than an error. */
  boolean acceptsMissing();

  /** Whether a missing value is still missing in what it gives, whichever column it is in. */
  default boolean givesMissing() {
    return acceptsMissing();
  }

  /**
   * The column of what it takes that alone makes a column of what it gives, by which a caller knows
   * it; -1 where several do.
   */
  default int source(int column) {
    return width() == features().count() ? column : -1;
  }

  /**
   * For each column that it gives the one that alone makes it: what a column was credited with is
   * then what its source is. Empty where that is not so of all of them, or not known.
   */
  default Optional<int[]> sources() {
    return features().count() == 1 ? Optional.of(new int[width()]) : Optional.empty();
  }

  /** Of a transformer of each column by itself that gives as many columns of each. */
  static Optional<int[]> sources(int columns, int each) {
    int[] sources = new int[Math.multiplyExact(columns, each)];
    Arrays.setAll(sources, column -> column / each);
    return Optional.of(sources);
  }

  /** What a row costs for which it does so many operations, with taking and giving its cells. */
  default RowCost cost(long operations) {
    return RowCost.withCells((long) features().count() + width(), operations);
  }

  /** As {@link Model#ownCost}. */
  default Optional<RowCost> ownCost() {
    return Optional.empty();
  }

  /** All of {@code rows}, transformed into new rows of {@link #width()} columns. */
  Rows transform(Rows rows);

  /**
   * The same of rows in either form. A step that makes something of zeros has them all made first;
   * one that leaves them zeros overrides this.
   */
  default Table apply(Table rows) {
    return transform(rows.dense());
  }
}
