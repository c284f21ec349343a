package dev.flightdelay.predictor.auth.jwt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys as they were last published. They are fetched every few minutes, and besides
 * when a token names one that is not known, but not oftener than every few seconds. While the
 * issuer is away, or publishes what is no key set, the last good ones hold.
 */
final class KeySource implements AutoCloseable {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Reports {
    private static final Logger log = LoggerFactory.getLogger(KeySource.class);
  }

  /** Where a JWK set is published. */
  @FunctionalInterface
  interface Published {
    byte[] fetch() throws IOException;
  }

  static final long REFRESH_MILLIS = 300_000;
  static final long RETRY_MILLIS = 30_000;
  static final long FIRST_RETRY_MILLIS = 1_000;

  /** Between two fetches that tokens ask for. */
  static final long MIN_PAUSE_MILLIS = 10_000;

  private final Published published;
  private final LongSupplier millis;
  private final ScheduledExecutorService thread;
  private volatile IssuerKeys keys;
  private CompletableFuture<IssuerKeys> running;
  private Future<?> next = CompletableFuture.completedFuture(null);
  private long asked;
  private boolean everAsked;
  private long firstRetry = FIRST_RETRY_MILLIS;

  /**
   * @param millis the time
   */
  KeySource(Published published, LongSupplier millis) {
    this.published = published;
    this.millis = millis;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("issuer-keys").factory());
  }

  /** Begins to fetch; start-up does not wait for it. */
  void start() {
    refresh();
  }

  /** The keys, or null where they could never be fetched. */
  IssuerKeys keys() {
    return keys;
  }

  /**
   * The keys after a fetch, which is one that runs already, or a new one; where the last one was
   * only just, the keys as they are.
   */
  synchronized CompletableFuture<IssuerKeys> refreshed() {
    boolean justAsked = everAsked && millis.getAsLong() - asked < MIN_PAUSE_MILLIS;
    if (running == null && justAsked) {
      return CompletableFuture.completedFuture(keys);
    }
    return refresh();
  }

  private synchronized CompletableFuture<IssuerKeys> refresh() {
    if (running == null) {
      CompletableFuture<IssuerKeys> fetch = new CompletableFuture<>();
      running = fetch;
      everAsked = true;
      asked = millis.getAsLong();
      thread.execute(
          () -> {
            boolean good = fetch();
            synchronized (this) {
              running = null;
              next.cancel(false);
              next = thread.schedule(this::refresh, pause(good), TimeUnit.MILLISECONDS);
            }
            fetch.complete(keys);
          });
    }
    return running;
  }

  private long pause(boolean good) {
    if (good) {
      return REFRESH_MILLIS;
    }
    if (keys != null) {
      return RETRY_MILLIS;
    }
    long pause = firstRetry;
    firstRetry = Math.min(firstRetry * 2, RETRY_MILLIS);
    return pause;
  }

  private boolean fetch() {
    try {
      IssuerKeys fresh = IssuerKeys.parse(new String(published.fetch(), StandardCharsets.UTF_8));
      if (!fresh.same(keys)) {
        keys = fresh;
        Reports.log.atInfo().addKeyValue("keys", fresh.size()).log("the issuer's keys were read");
      }
      return true;
    } catch (IOException | ParseException | RuntimeException failed) {
      Reports.log
          .atWarn()
          .addKeyValue("why", failed.getMessage())
          .log(
              keys == null
                  ? "the issuer's keys cannot be fetched: tokens are answered 503 until they can"
                  : "the issuer's keys cannot be fetched anew: those fetched before still hold");
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
