package dev.flightdelay.predictor.serve;

/** A server that cannot start, though its model could be served: the message says why. */
public final class ServeException extends RuntimeException {

  ServeException(String message, Throwable cause) {
    super(message, cause);
  }
}
