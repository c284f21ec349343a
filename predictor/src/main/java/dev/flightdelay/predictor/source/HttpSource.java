package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.HttpAddress;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.network.UriText;
import java.net.URI;

/** A model on a web server. */
public record HttpSource(URI uri) implements RemoteSource {

  static HttpSource of(String uri) {
    try {
      return new HttpSource(HttpAddress.parse(uri));
    } catch (InvalidAddressException e) {
      throw ModelUri.invalid(uri, e.getMessage());
    }
  }

  @Override
  public String shown() {
    return UriText.shown(uri.toString());
  }
}
