package dev.flightdelay.local.command;

import java.nio.file.Path;

/** Local mode cannot go on; the message says what to do next. */
final class LocalException extends RuntimeException {

  /** A file that was there. */
  static LocalException gone(Path file) {
    return new LocalException(file + " is not there any more");
  }

  LocalException(String message) {
    super(message);
  }

  LocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
