package dev.flightdelay.predictor.source;

import java.net.URI;
import java.net.URISyntaxException;

/** A model on a web server. */
public record HttpSource(URI uri) implements ModelSource {

  static HttpSource of(String uri) {
    try {
      return new HttpSource(checked(new URI(uri)));
    } catch (URISyntaxException e) {
      throw UriText.invalid(uri, "is not a URI; write spaces and other signs as %20");
    }
  }

  /** The same rules hold for what is asked for and for where a server redirects to. */
  static URI checked(URI uri) {
    UriText.refuseDotSegments(uri.toString());
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw UriText.invalid(
          uri.toString(), "has a user in it; put credentials into the credentials' file header");
    }
    String host = uri.getHost();
    if (host == null || (HostText.isNumeric(host) && HostText.literal(host).isEmpty())) {
      throw UriText.invalid(
          uri.toString(), "has no host that is a DNS name or a plainly written IP address");
    }
    if (uri.getPort() > 0xffff || uri.getPort() == 0) {
      throw UriText.invalid(uri.toString(), "has a port that is not in 1 to 65535");
    }
    return uri;
  }

  /** The port in the URI, or its scheme's. */
  static int port(URI uri) {
    return uri.getPort() != -1
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  @Override
  public String shown() {
    return UriText.shown(uri.toString());
  }
}
