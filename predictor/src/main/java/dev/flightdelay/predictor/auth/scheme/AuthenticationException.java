package dev.flightdelay.predictor.auth.scheme;

/** Callers cannot be checked as asked: the message says what is wrong, and what to do. */
public final class AuthenticationException extends RuntimeException {

  public AuthenticationException(String sentence) {
    super(sentence, null, false, false);
  }

  public AuthenticationException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
