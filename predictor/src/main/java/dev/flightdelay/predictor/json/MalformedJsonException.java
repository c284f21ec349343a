package dev.flightdelay.predictor.json;

/** Bytes that are not the JSON that was expected: the message says what was, and at which byte. */
public final class MalformedJsonException extends RuntimeException {

  public MalformedJsonException(String message) {
    super(message, null, false, false);
  }
}
