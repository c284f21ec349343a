package dev.flightdelay.predictor.settings;

/** A setting that cannot be used: the message names it, what it is, and what it takes. */
public final class SettingException extends RuntimeException {

  SettingException(String message) {
    super(message, null, false, false);
  }
}
