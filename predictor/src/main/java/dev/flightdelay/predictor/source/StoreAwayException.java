package dev.flightdelay.predictor.source;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A store that may well answer later. The message is part of a sentence: "it answered 503". */
public final class StoreAwayException extends IOException {

  private final transient Optional<Duration> retryAfter;

  public StoreAwayException(String why, Optional<Duration> retryAfter, Throwable cause) {
    super(why, cause);
    this.retryAfter = retryAfter;
  }

  /** How long the store wants to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
