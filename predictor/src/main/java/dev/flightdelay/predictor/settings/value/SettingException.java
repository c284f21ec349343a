package dev.flightdelay.predictor.settings.value;

/** A setting that cannot be used: the message names it, what it is, and what it takes. */
public final class SettingException extends RuntimeException {

  public SettingException(String message) {
    super(message, null, false, false);
  }
}
