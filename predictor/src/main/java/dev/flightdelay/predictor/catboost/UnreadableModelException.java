package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** Bytes that are no model of CatBoost's, or one of a kind that is not read. */
final class UnreadableModelException extends RuntimeException {

  private final Reason reason;

  private UnreadableModelException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Bytes that contradict themselves. */
  static UnreadableModelException invalid(String message) {
    return new UnreadableModelException(Reason.MODEL_INVALID, message);
  }

  /** A sound model that is not served; the message says what can be done. */
  static UnreadableModelException unsupported(String message) {
    return new UnreadableModelException(Reason.UNSUPPORTED, message);
  }

  Reason reason() {
    return reason;
  }
}
