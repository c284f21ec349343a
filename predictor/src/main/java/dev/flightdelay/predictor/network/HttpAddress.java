package dev.flightdelay.predictor.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;

/** The rules for an address on a web server, whoever names it. */
public final class HttpAddress {

  private HttpAddress() {}

  /**
   * @throws InvalidAddressException if it is no http or https address that may be asked for
   */
  public static URI parse(String address) {
    if (address.isBlank() || address.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidAddressException("is empty or has control characters in it");
    }
    Matcher scheme = UriText.SCHEME.matcher(address);
    if (!scheme.lookingAt() || !scheme.group(1).matches("(?i)https?")) {
      throw new InvalidAddressException("is not an https:// address");
    }
    try {
      return checked(new URI(address));
    } catch (URISyntaxException e) {
      throw new InvalidAddressException("is not a URI; write spaces and other signs as %20");
    }
  }

  /**
   * The same rules hold for what is asked for and for where a server redirects to.
   *
   * @throws InvalidAddressException if it breaks one
   */
  public static URI checked(URI uri) {
    UriText.refuseDotSegments(uri.toString());
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw new InvalidAddressException(
          "has a user in it; credentials are no part of an address, a model's stand in the"
              + " credentials' file header");
    }
    String host = uri.getHost();
    if (host == null || (HostText.isNumeric(host) && HostText.literal(host).isEmpty())) {
      throw new InvalidAddressException(
          "has no host that is a DNS name or a plainly written IP address");
    }
    if (uri.getPort() > 0xffff || uri.getPort() == 0) {
      throw new InvalidAddressException("has a port that is not in 1 to 65535");
    }
    return uri;
  }

  /** The port in the URI, or its scheme's. */
  public static int port(URI uri) {
    return uri.getPort() != -1
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
