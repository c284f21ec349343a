package dev.flightdelay.predictor.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose header X-Forwarded-For is believed: the value of TRUSTED_PROXIES, IP addresses
 * and ranges of them (10.0.0.0/8) separated by commas. Anybody can send the header: what counts of
 * it are the addresses that a listed proxy has added.
 */
public final class TrustedProxies {

  /** None: the header means nothing. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * @param setting what says so, for the sentence
   * @throws InvalidAddressException that names the entry
   */
  public static TrustedProxies parse(String list, String setting) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String entry : list.split(",")) {
      if (!entry.isBlank()) {
        ranges.add(range(entry.strip(), setting));
      }
    }
    return ranges.isEmpty() ? NONE : new TrustedProxies(ranges);
  }

  private static AddressRange range(String entry, String setting) {
    int slash = entry.indexOf('/');
    Optional<InetAddress> address = HostText.literal(slash < 0 ? entry : entry.substring(0, slash));
    int bits = address.map(network -> network.getAddress().length * 8).orElse(-1);
    String prefix = slash < 0 ? String.valueOf(bits) : entry.substring(slash + 1);
    if (address.isEmpty() || !prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
      throw new InvalidAddressException(
          setting
              + " has the entry "
              + UriText.shown(entry)
              + ", which is not an IP address or a range of them such as 10.0.0.0/8");
    }
    return new AddressRange(address.get(), Integer.parseInt(prefix));
  }

  public boolean isNone() {
    return ranges.isEmpty();
  }

  /**
   * Whom a connection's request is from: its other end or, where that is a listed proxy, the last
   * address in the header that is none. An entry that is no address ends the search: what stands
   * before it could be anybody's invention.
   *
   * @param forwardedFor the values of the headers X-Forwarded-For, in their order, separated by
   *     commas; null where there is none
   */
  public InetAddress client(InetAddress peer, String forwardedFor) {
    InetAddress client = peer;
    int end = forwardedFor == null ? -1 : forwardedFor.length();
    while (end >= 0 && isTrusted(client)) {
      int comma = forwardedFor.lastIndexOf(',', end - 1);
      Optional<InetAddress> before = address(forwardedFor.substring(comma + 1, end).strip());
      if (before.isEmpty()) {
        return client;
      }
      client = before.get();
      end = comma;
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    InetAddress plain = plain(address);
    return ranges.stream().anyMatch(range -> range.contains(plain));
  }

  /** An address that stands for one of IPv4 is that. */
  private static InetAddress plain(InetAddress address) {
    return HostText.literal(address.getHostAddress()).orElse(address);
  }

  /** Some proxies add the port: 192.0.2.1:443, [2001:db8::1]:443. */
  private static Optional<InetAddress> address(String entry) {
    int bracket = entry.indexOf(']');
    int colon = entry.indexOf(':');
    if (bracket > 0 && entry.startsWith("[")) {
      return HostText.literal(entry.substring(1, bracket));
    }
    boolean withPort = colon >= 0 && colon == entry.lastIndexOf(':');
    return HostText.literal(withPort ? entry.substring(0, colon) : entry);
  }
}
