package dev.flightdelay.operator.faults;

import java.time.Duration;
import java.util.Optional;

/** What happens to a write. */
public sealed interface WriteFault {
  /** Whether the API server gets the write. */
  enum Applied {
    NO,
    YES
  }

  /** The write is answered by a refusal, whether it was applied or not. */
  record Refused(int code, String reason, Optional<Duration> retryAfter, Applied applied)
      implements WriteFault {}

  /** The write is never answered: its connection stays open and silent. */
  record Unanswered(Applied applied) implements WriteFault {}

  /** The connection is reset instead of an answer. */
  record Reset(Applied applied) implements WriteFault {}

  /** The write is applied; before its answer goes back, this runs: it may kill who waits for it. */
  record Then(Runnable action) implements WriteFault {}

  static WriteFault conflict(Applied applied) {
    return new Refused(409, "Conflict", Optional.empty(), applied);
  }

  static WriteFault internalError(Applied applied) {
    return new Refused(500, "InternalError", Optional.empty(), applied);
  }

  static WriteFault tooManyRequests(Duration retryAfter) {
    return new Refused(429, "TooManyRequests", Optional.of(retryAfter), Applied.NO);
  }
}
