package dev.flightdelay.local.runner;

/** A pod that cannot be started yet, with the reason of the event that says so. */
final class PodStartException extends RuntimeException {

  private final String reason;

  PodStartException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
