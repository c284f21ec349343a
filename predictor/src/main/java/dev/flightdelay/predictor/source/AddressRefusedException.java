package dev.flightdelay.predictor.source;

import java.net.UnknownHostException;

/**
 * A host that is not connected to. It is the kind of exception that a resolver may throw, so that
 * it comes through every client.
 */
final class AddressRefusedException extends UnknownHostException {

  AddressRefusedException(String sentence) {
    super(sentence);
  }
}
