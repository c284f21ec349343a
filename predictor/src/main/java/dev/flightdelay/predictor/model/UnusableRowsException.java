package dev.flightdelay.predictor.model;

/** Rows that a caller sent and that the model does not take: the message names row and feature. */
public final class UnusableRowsException extends RuntimeException {

  public UnusableRowsException(String message) {
    super(message, null, false, false);
  }
}
