package dev.flightdelay.predictor.network;

/** An address, or a list of hosts, that is not written as one: the message says what is wrong. */
public final class InvalidAddressException extends RuntimeException {

  InvalidAddressException(String sentence) {
    super(sentence);
  }
}
