package dev.flightdelay.predictor.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Gives a client only addresses that it may connect to. The client connects to what is returned
 * here and resolves nothing again, so a name cannot change its address between check and use.
 */
public final class GuardedDnsResolver implements DnsResolver {

  /** Where names become addresses: the system's resolver. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final AllowedHosts allowed;
  private final Names names;

  public GuardedDnsResolver(AllowedHosts allowed) {
    this(allowed, InetAddress::getAllByName);
  }

  GuardedDnsResolver(AllowedHosts allowed, Names names) {
    this.allowed = allowed;
    this.names = names;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Arrays.stream(allowedAddresses(host, port))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return allowedAddresses(host, 0);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  InetAddress[] allowedAddresses(String host, int port) throws UnknownHostException {
    String name = HostText.canonical(host);
    InetAddress[] addresses =
        Arrays.stream(addresses(name))
            .filter(
                address ->
                    !InternalAddresses.contains(address) || allowed.allows(name, address, port))
            .toArray(InetAddress[]::new);
    if (addresses.length == 0) {
      // The address itself is not told: it would let anybody who names models read the cluster's
      // DNS.
      throw new RefusedAddressException(
          "host "
              + UriText.shown(name)
              + " has a loopback, link-local, private or cluster address, which is refused; if it"
              + " is to be reached all the same, list it in MODEL_ALLOWED_HOSTS");
    }
    return addresses;
  }

  private InetAddress[] addresses(String name) throws UnknownHostException {
    if (!HostText.isNumeric(name)) {
      return names.resolve(name);
    }
    return new InetAddress[] {
      HostText.literal(name)
          .orElseThrow(
              () ->
                  new RefusedAddressException(
                      "host "
                          + UriText.shown(name)
                          + " is a number that is not a plainly written IP address; write it as"
                          + " 192.0.2.1 or [2001:db8::1]"))
    };
  }
}
