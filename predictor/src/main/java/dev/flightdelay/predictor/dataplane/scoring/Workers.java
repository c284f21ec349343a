package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.dataplane.scoring.Work.Refused;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few threads for what takes long, and a queue before them in which nobody waits for long: an
 * answer that comes after its client has given up is work for nothing, and keeps the next waiting.
 * Who would wait too long is turned away at once (load shedding).
 *
 * <p>Callers take turns, in each of which as much is done as fits into a twentieth of a second:
 * however much one of them asks, the others wait for a turn, and not for all of that. Where one is
 * alone, its work is done to its end, first come, first served.
 */
final class Workers {

  /** Whether what comes now would wait too long, and for whom. */
  enum Congestion {
    NONE,
    /** For others: there are too many. */
    SERVER,
    /** For what its own caller has asked already, more than others. */
    CALLER
  }

  /** Who would wait longer than this is refused at once. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  /** So many may wait however long that takes: clients that send long batches are patient. */
  private static final int ALWAYS_WAITING = 16;

  /** A turn is at least this long where there is so much to do; what changes threads is dearer. */
  private static final long TURN_NANOS = 50_000_000L;

  private final int threads;
  private final ThreadFactory factory = new DefaultThreadFactory("long-batches", true);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final FairQueue queue = new FairQueue(TURN_NANOS);
  private int started;
  private int idle;
  private boolean stopped;

  /**
   * @param threads how many work at a time
   */
  Workers(int threads) {
    this.threads = threads;
  }

  /** Whether what a caller asks now would wait too long. */
  Congestion congestion(Object caller) {
    lock.lock();
    try {
      if (queue.waiting() < ALWAYS_WAITING || queue.waitNanos(caller, threads) <= PATIENCE_NANOS) {
        return Congestion.NONE;
      }
      return queue.isAboveShare(caller) ? Congestion.CALLER : Congestion.SERVER;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a caller has more waiting than its part among those who have work here. */
  boolean isAboveShare(Object caller) {
    lock.lock();
    try {
      return queue.isAboveShare(caller);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does the work on one of the threads.
   *
   * @throws RejectedExecutionException where the server stops
   */
  void execute(Work work) {
    lock.lock();
    try {
      if (stopped) {
        throw new RejectedExecutionException();
      }
      queue.add(work);
      if (idle > 0) {
        added.signal();
      } else if (started < threads) {
        started++;
        factory.newThread(this::work).start();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nobody wants it any more: it is taken out, or ends before its next part.
   *
   * @return whether it was taken out; else it has ended or a thread is at it, which may still
   *     answer it
   */
  boolean drop(Work work) {
    work.drop();
    return withdraw(work);
  }

  /** Takes it out, if it waits for its first turn or another one. */
  boolean withdraw(Work work) {
    lock.lock();
    try {
      return queue.remove(work);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out the last work of whoever has most waiting, so that a caller with less has room.
   *
   * @return null where nobody has more
   */
  Work displace(Object caller) {
    lock.lock();
    try {
      return queue.displace(caller);
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more work; what runs ends with its next part, and nobody waits for what is queued. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      queue.clear();
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (Work work = take(); work != null; work = take()) {
      turn(work);
    }
  }

  private Work take() {
    lock.lock();
    try {
      while (!stopped) {
        Work work = queue.next();
        if (work != null) {
          return work;
        }
        idle++;
        added.awaitUninterruptibly();
        idle--;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void turn(Work work) {
    long start = System.nanoTime();
    if (work.isLate(start)) {
      end(work, 0, -1);
      work.refuse(work.late());
      return;
    }
    work.begin(start);
    boolean done = work.turn(() -> mayGoOn(work));
    long now = System.nanoTime();
    long nanos = work.end(now);
    if (done) {
      end(work, nanos, work.nanos());
    } else if (work.isDropped()) {
      end(work, nanos, -1);
    } else if (work.isLate(now)) {
      end(work, nanos, -1);
      work.refuse(Refused.LATE_MIDWAY);
    } else {
      pause(work, nanos);
    }
  }

  private boolean mayGoOn(Work work) {
    long now = System.nanoTime();
    if (work.isDropped() || work.isLate(now)) {
      return false;
    }
    if (work.lasted(now) < TURN_NANOS) {
      return true;
    }
    lock.lock();
    try {
      if (stopped || queue.isAnothersTurn(work.caller())) {
        return false;
      }
      queue.goesOn(work, work.end(now));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end(Work work, long nanos, long all) {
    lock.lock();
    try {
      if (!stopped) {
        queue.ended(work, nanos, all);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause(Work work, long nanos) {
    lock.lock();
    try {
      // It may have been dropped meanwhile: then nobody takes it out any more.
      if (stopped) {
        return;
      } else if (work.isDropped()) {
        queue.ended(work, nanos, -1);
      } else {
        queue.paused(work, nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
