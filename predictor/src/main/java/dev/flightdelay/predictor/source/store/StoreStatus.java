package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelSource;
import dev.flightdelay.predictor.source.StoreAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What an HTTP status means for a fetch. Nothing else of an answer gets into a sentence. */
final class StoreStatus {

  private StoreStatus() {}

  /**
   * The failure that a status other than 200 is.
   *
   * @param rights what to do where the store refuses to give the object: part of a sentence
   * @param retryAfter the header's value, if there is one
   * @throws StoreAwayException where asking again may help
   * @throws ModelFetchException where it does not
   */
  static void fail(ModelSource source, int status, String rights, Optional<String> retryAfter)
      throws StoreAwayException {
    String answered = " (the store answered " + status + "); ";
    switch (status) {
      case 404, 410 ->
          throw new ModelFetchException(
              Reason.NOT_FOUND,
              source.shown() + " is not there" + answered + "check MODEL_URI and upload the model");
      case 401, 403 -> throw forbidden(source, status, rights);
      case 408, 425, 429 -> throw away(status, retryAfter);
      default -> {
        if (status >= 500) {
          throw away(status, retryAfter);
        }
        throw new ModelFetchException(
            Reason.UNEXPECTED_ANSWER,
            source.shown()
                + " was not given"
                + answered
                + "check MODEL_URI, and the store's endpoint and region");
      }
    }
  }

  /**
   * @param rights what to do about it: part of a sentence
   */
  static ModelFetchException forbidden(ModelSource source, int status, String rights) {
    return new ModelFetchException(
        Reason.FORBIDDEN,
        source.shown() + " may not be read (the store answered " + status + "); " + rights);
  }

  private static StoreAwayException away(int status, Optional<String> retryAfter) {
    return new StoreAwayException(
        "it answered " + status, retryAfter.flatMap(StoreStatus::pause), null);
  }

  /** RFC 9110, 10.2.3: seconds, or a date. */
  private static Optional<Duration> pause(String retryAfter) {
    String value = retryAfter.strip();
    try {
      if (value.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(Instant.now(), date);
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
