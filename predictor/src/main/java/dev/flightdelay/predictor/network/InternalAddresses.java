package dev.flightdelay.predictor.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that are no public store's: this machine, its network, the cluster, a cloud's
 * metadata. Who may name a model must not thereby reach them.
 */
final class InternalAddresses {

  /** From the IANA special-purpose address registries (RFC 6890). */
  private static final List<AddressRange> RANGES =
      Stream.of(
              "0.0.0.0/8", // this host
              "10.0.0.0/8", // private
              "100.64.0.0/10", // carriers, and many clusters' pods
              "127.0.0.0/8", // loopback
              "169.254.0.0/16", // link-local, and clouds' metadata
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocol assignments
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarks
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, broadcast
              "::/128", // unspecified
              "::1/128", // loopback
              "::ffff:0:0:0/96", // SIIT's IPv4 addresses, behind a translator of the network's own
              "64:ff9b:1::/48", // NAT64 for local use: where in it the IPv4 address is, is local
              // too
              "2001::/32", // Teredo, with the IPv4 addresses of its server and its client
              "fc00::/7", // unique local, with AWS's fd00:ec2::254
              "fe80::/10", // link-local
              "fec0::/10", // site-local
              "ff00::/8") // multicast
          .map(AddressRange::of)
          .toList();

  /** IPv6 ranges that carry an IPv4 address, and the byte that it begins at. */
  private enum Carrier {
    COMPATIBLE("::/96", 12),
    NAT64("64:ff9b::/96", 12),
    SIX_TO_FOUR("2002::/16", 2);

    private final AddressRange range;
    private final int at;

    Carrier(String cidr, int at) {
      this.range = AddressRange.of(cidr);
      this.at = at;
    }
  }

  private InternalAddresses() {}

  static boolean contains(InetAddress address) {
    return RANGES.stream().anyMatch(range -> range.contains(address))
        || carried(address).map(InternalAddresses::contains).orElse(false);
  }

  /** ::ffff:127.0.0.1 needs no case here: Java makes an IPv4 address of it. */
  private static Optional<InetAddress> carried(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return Optional.empty();
    }
    return Arrays.stream(Carrier.values())
        .filter(carrier -> carrier.range.contains(address))
        .map(carrier -> ipv4(address.getAddress(), carrier.at))
        .findFirst();
  }

  private static InetAddress ipv4(byte[] bytes, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
