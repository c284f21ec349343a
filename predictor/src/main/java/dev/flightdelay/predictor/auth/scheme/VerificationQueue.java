package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.PendingVerdict;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads that check what is not known yet, and a short queue before them, beyond which who
 * comes is turned away (backpressure). What many requests present at the same time is checked once.
 */
public final class VerificationQueue implements AutoCloseable {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(VerificationQueue.class);
  }

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final Map<CredentialHash, CompletableFuture<Verdict>> running = new ConcurrentHashMap<>();

  /**
   * @param most threads
   * @param waiting checks that may wait for one of them
   */
  public VerificationQueue(String name, int most, int waiting) {
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** The check of the same credentials that runs or waits, or null. */
  public PendingVerdict running(CredentialHash hash) {
    CompletableFuture<Verdict> same = running.get(hash);
    return same == null ? null : new PendingVerdict(same);
  }

  /** Checks on one of the threads; where too many wait already, the verdict is to try again. */
  public PendingVerdict submit(CredentialHash hash, Supplier<CompletionStage<Verdict>> check) {
    CompletableFuture<Verdict> fresh = new CompletableFuture<>();
    CompletableFuture<Verdict> same = running.putIfAbsent(hash, fresh);
    if (same != null) {
      return new PendingVerdict(same);
    }
    fresh.whenComplete((verdict, failed) -> running.remove(hash, fresh));
    try {
      threads.execute(() -> run(check, fresh));
    } catch (RejectedExecutionException full) {
      fresh.complete(Rejection.BUSY);
    }
    return new PendingVerdict(fresh);
  }

  /** Whatever goes wrong, nobody gets in by it. */
  private static void run(
      Supplier<CompletionStage<Verdict>> check, CompletableFuture<Verdict> fresh) {
    try {
      check
          .get()
          .whenComplete(
              (verdict, failed) -> fresh.complete(failed == null ? verdict : failure(failed)));
    } catch (RuntimeException | Error failed) {
      fresh.complete(failure(failed));
    }
  }

  private static Rejection failure(Throwable failed) {
    Failures.log.atError().setCause(failed).log("a caller could not be checked");
    return Rejection.unavailable("the caller could not be checked; the server's log says why");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
