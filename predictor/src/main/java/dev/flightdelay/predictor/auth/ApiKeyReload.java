package dev.flightdelay.predictor.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a folder as they are now. A change that cannot be used is told, and the keys before
 * it go on: half a Secret must lock nobody out.
 */
final class ApiKeyReload {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Reports {
    private static final Logger log = LoggerFactory.getLogger(ApiKeyReload.class);
  }

  private final ApiKeyFolder folder;
  private String seen;
  private volatile ApiKeys keys;

  /**
   * Reads the keys.
   *
   * @throws AuthenticationException if there is none, or one that cannot be used
   */
  ApiKeyReload(ApiKeyFolder folder) {
    this.folder = folder;
    this.seen = folder.fingerprint();
    this.keys = folder.read();
  }

  ApiKeys keys() {
    return keys;
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
}
