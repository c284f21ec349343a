package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** A model's text that makes no model, or none of a kind that is read. */
final class UnreadableTextException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  private UnreadableTextException(Reason reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  static UnreadableTextException invalid(String sentence) {
    return new UnreadableTextException(Reason.MODEL_INVALID, sentence);
  }

  static UnreadableTextException unsupported(String sentence) {
    return new UnreadableTextException(Reason.UNSUPPORTED, sentence);
  }

  Reason reason() {
    return reason;
  }
}
