package dev.flightdelay.predictor.dataplane.scoring;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few threads for what takes long, and a queue before them in which nobody waits for long: an
 * answer that comes after its client has given up is work for nothing, and keeps the next waiting.
 * Who would wait too long is turned away at once (load shedding).
 *
 * <p>How long who comes now would wait is estimated as the number of those who wait times the time
 * that passed between the last answers (Little's law), which counts what the threads do not get of
 * the processor as well.
 */
final class Workers {

  /** Who would wait longer than this is refused at once. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  /** So many may wait however long that takes: clients that send long batches are patient. */
  private static final int ALWAYS_WAITING = 16;

  /** The time between answers is a mean of about so many. */
  private static final int REMEMBERED = 16;

  private final LinkedBlockingQueue<Runnable> queue;
  private final ThreadPoolExecutor threads;
  private final AtomicLong lastEnd = new AtomicLong();

  // Written by all threads without a lock: what gets lost of it does not matter.
  private volatile long nanosBetween;

  /**
   * @param threads how many work at a time
   * @param most how many wait at most, however short that may be
   */
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
    int waiting = queue.size();
    return waiting >= ALWAYS_WAITING && waiting * nanosBetween > PATIENCE_NANOS;
  }

  /**
   * Does the work on one of the threads.
   *
   * @throws RejectedExecutionException where the server stops
   */
  void execute(Runnable work) {
    long since = System.nanoTime();
    threads.execute(
        () -> {
          work.run();
          ended(since);
        });
  }

  /** Takes no more work; what runs is not interrupted, and nobody waits for what is queued. */
  void stop() {
    queue.clear();
    threads.shutdown();
  }

  /** Time without work is none between answers: it is counted from where the work came. */
  private void ended(long since) {
    long now = System.nanoTime();
    long between = Math.max(0, now - Math.max(lastEnd.getAndSet(now), since));
    nanosBetween += (between - nanosBetween) / REMEMBERED;
  }
}
