package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A sum of two columns that takes its time for each row, or waits until it is let go on. */
public final class SlowRows implements Model {

  /** Says that a row takes so much that two are scored at a time. */
  public static final RowBudget TWO_AT_A_TIME =
      new RowBudget(RowCost.of(5_000_000), RowBudget.DEFAULT_MAX_COST);

  private final Model model = Models.sumOfTwo();
  private final long nanosPerRow;
  private final Semaphore blocks;
  private final AtomicInteger rows = new AtomicInteger();

  private SlowRows(long nanosPerRow, int blocks) {
    this.nanosPerRow = nanosPerRow;
    this.blocks = new Semaphore(blocks);
  }

  public static SlowRows taking(long millisPerRow) {
    return new SlowRows(millisPerRow * 1_000_000, Integer.MAX_VALUE);
  }

  /** Scores nothing until it is let. */
  public static SlowRows held() {
    return new SlowRows(0, 0);
  }

  /** Lets so many more blocks of rows be scored. */
  public void let(int count) {
    blocks.release(count);
  }

  /** The rows that have been scored, and those that are. */
  public int rows() {
    return rows.get();
  }

  @Override
  public Signature signature() {
    return model.signature();
  }

  @Override
  public void score(Rows all, int from, int to, Scores scores) {
    rows.addAndGet(to - from);
    blocks.acquireUninterruptibly();
    // Asleep, as a machine with a processor for it alone would do it while others work.
    long end = System.nanoTime() + nanosPerRow * (to - from);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    model.score(all, from, to, scores);
  }
}
