package dev.flightdelay.predictor.network;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Resolves names for clients of other protocols than HTTP, to addresses only that may be connected
 * to: no internal ones (server-side request forgery, SSRF), unless MODEL_ALLOWED_HOSTS lists them.
 */
public final class GuardedNames {

  private final GuardedDnsResolver resolver;

  public GuardedNames(AllowedHosts allowed) {
    this.resolver = new GuardedDnsResolver(allowed);
  }

  /**
   * The addresses of a host that may be connected to on a port.
   *
   * @throws UnknownHostException if there is none
   */
  public InetAddress[] resolve(String host, int port) throws UnknownHostException {
    return resolver.allowedAddresses(host, port);
  }
}
