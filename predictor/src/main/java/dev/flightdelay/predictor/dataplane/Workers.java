package dev.flightdelay.predictor.dataplane;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for what takes long, and a queue before them in which nobody waits for long: an
 * answer that comes after its client has given up is work for nothing, and keeps the next waiting.
 */
final class Workers {

  /** How long somebody may wait, where the work itself does not take as long. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  /** Where it does, so many pieces of work may go before. */
  private static final int PIECES = 4;

  private final LinkedBlockingQueue<Runnable> queue;
  private final ThreadPoolExecutor threads;

  // Written by all threads without a lock: what gets lost of it does not matter.
  private volatile long pieceNanos;

  Workers(int threads, int most) {
    this.queue = new LinkedBlockingQueue<>(most);
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            queue,
            new DefaultThreadFactory("long-batches", true));
  }

  /** Whether who comes now would wait too long. */
  boolean congested() {
    // Mostly nobody waits, which costs nothing to see.
    return !queue.isEmpty() && queue.peek() instanceof Piece first && first.waited() > patience();
  }

  /**
   * Does the work on one of the threads.
   *
   * @param late is done in its place where it has waited too long
   * @throws RejectedExecutionException where the server stops
   */
  void execute(Runnable work, Runnable late) {
    threads.execute(new Piece(work, late, System.nanoTime()));
  }

  /** Takes no more work; what runs is not interrupted, and nobody waits for what is queued. */
  void stop() {
    queue.clear();
    threads.shutdown();
  }

  private long patience() {
    return Math.max(PATIENCE_NANOS, PIECES * pieceNanos);
  }

  private final class Piece implements Runnable {

    private final Runnable work;
    private final Runnable late;
    private final long since;

    Piece(Runnable work, Runnable late, long since) {
      this.work = work;
      this.late = late;
      this.since = since;
    }

    long waited() {
      return System.nanoTime() - since;
    }

    @Override
    public void run() {
      if (waited() > patience()) {
        late.run();
        return;
      }
      long start = System.nanoTime();
      work.run();
      long took = System.nanoTime() - start;
      pieceNanos += (took - pieceNanos) / 4;
    }
  }
}
