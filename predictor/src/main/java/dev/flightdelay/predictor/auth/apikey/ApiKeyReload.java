package dev.flightdelay.predictor.auth.apikey;

import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a folder as they are now. A change that cannot be used is told, and the keys before
 * it go on: half a Secret must lock nobody out.
 */
public final class ApiKeyReload implements AutoCloseable {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Reports {
    private static final Logger log = LoggerFactory.getLogger(ApiKeyReload.class);
  }

  /** How soon a changed Secret counts, after the kubelet has written it. */
  private static final long LOOK_SECONDS = 2;

  private final ApiKeyFolder folder;
  private String seen;
  private volatile ApiKeys keys;
  private ScheduledExecutorService watch;

  /**
   * Reads the keys.
   *
   * @throws AuthenticationException if there is none, or one that cannot be used
   */
  public ApiKeyReload(ApiKeyFolder folder) {
    this.folder = folder;
    this.seen = folder.fingerprint();
    this.keys = folder.read();
  }

  public ApiKeys keys() {
    return keys;
  }

  /** Looks again and again whether something changed. */
  void start() {
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-keys").factory());
    watch.scheduleWithFixedDelay(this::watch, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void watch() {
    try {
      look();
    } catch (RuntimeException failed) {
      // Looking must not end by it.
      Reports.log.atError().setCause(failed).log("the API keys could not be looked at");
    }
  }

  /** Reads the keys again if something changed. */
  void look() {
    String now = folder.fingerprint();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      keys = folder.read();
      Reports.log.atInfo().log("the API keys changed and were read again");
    } catch (AuthenticationException unusable) {
      Reports.log
          .atWarn()
          .addKeyValue("why", unusable.getMessage())
          .log("the API keys changed, but the new ones cannot be used: the old ones still hold");
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.shutdownNow();
    }
  }
}
