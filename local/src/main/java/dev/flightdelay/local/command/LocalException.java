package dev.flightdelay.local.command;

/** Local mode cannot go on; the message says what to do next. */
final class LocalException extends RuntimeException {

  LocalException(String message) {
    super(message);
  }

  LocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
