package dev.flightdelay.predictor.auth;

/** Callers cannot be checked as asked: the message says what is wrong, and what to do. */
public final class AuthenticationException extends RuntimeException {

  AuthenticationException(String sentence) {
    super(sentence, null, false, false);
  }

  AuthenticationException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
