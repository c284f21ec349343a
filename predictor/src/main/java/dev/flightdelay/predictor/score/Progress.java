package dev.flightdelay.predictor.score;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Says now and then how far a long input is; of a short one nothing. */
public final class Progress {

  private static final long EVERY_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final LongSupplier nanos;
  private final long start;
  private long said;
  private long rows;

  /**
   * @param nanos a clock
   */
  public Progress(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.said = start;
  }

  /** So many more rows are scored. */
  void add(int count) {
    rows += count;
    long now = nanos.getAsLong();
    if (now - said >= EVERY_NANOS) {
      said = now;
      out.printf("%,d rows, %,.0f a second%n", rows, rows * 1e9 / (now - start));
    }
  }
}
