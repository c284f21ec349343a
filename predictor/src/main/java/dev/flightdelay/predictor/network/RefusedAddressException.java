package dev.flightdelay.predictor.network;

import java.net.UnknownHostException;

/**
 * A host that is not connected to. It is the kind of exception that a resolver may throw, so that
 * it comes through every client.
 */
public final class RefusedAddressException extends UnknownHostException {

  RefusedAddressException(String sentence) {
    super(sentence);
  }
}
