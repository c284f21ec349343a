package dev.flightdelay.predictor.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that a model may be fetched from although their addresses are internal: the value of
 * MODEL_ALLOWED_HOSTS, entries separated by commas. An entry is a DNS name, an IP address or a
 * range of them (10.0.0.0/8), and may end in a port (store.models.svc:9000, [fd00::1]:9000), which
 * then is the only one.
 */
public final class AllowedHosts {

  private static final String SETTING = "MODEL_ALLOWED_HOSTS";

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:\\[(?<bracketed>[0-9A-Fa-f:.]+)]|(?<bare>[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)"
              + "|(?<name>[A-Za-z0-9._-]+))(?:/(?<prefix>\\d{1,3}))?(?::(?<port>\\d{1,5}))?");

  private sealed interface Entry {
    OptionalInt port();

    boolean allows(String host, InetAddress address);
  }

  private record Name(String name, OptionalInt port) implements Entry {
    @Override
    public boolean allows(String host, InetAddress address) {
      return name.equals(host);
    }
  }

  private record Range(AddressRange range, OptionalInt port) implements Entry {
    @Override
    public boolean allows(String host, InetAddress address) {
      return range.contains(address);
    }
  }

  private final List<Entry> entries;

  private AllowedHosts(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * @throws InvalidAddressException that names the entry
   */
  public static AllowedHosts parse(String list) {
    return parse(list, SETTING);
  }

  /**
   * @param setting what says so, for the sentence
   * @throws InvalidAddressException that names the entry
   */
  public static AllowedHosts parse(String list, String setting) {
    List<Entry> entries = new ArrayList<>();
    for (String entry : list.split(",")) {
      if (!entry.isBlank()) {
        entries.add(entry(entry.strip(), setting));
      }
    }
    return new AllowedHosts(entries);
  }

  private static Entry entry(String text, String setting) {
    Matcher parts = ENTRY.matcher(text);
    if (!parts.matches()) {
      throw invalid(text, setting);
    }
    OptionalInt port =
        parts.group("port") == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group("port")));
    String host =
        Stream.of("bracketed", "bare", "name")
            .map(parts::group)
            .filter(group -> group != null)
            .findFirst()
            .orElseThrow();
    if (!HostText.isNumeric(host)) {
      if (parts.group("prefix") != null) {
        throw invalid(text, setting);
      }
      return new Name(HostText.canonical(host), port);
    }
    InetAddress address = HostText.literal(host).orElseThrow(() -> invalid(text, setting));
    int bits = address.getAddress().length * 8;
    int prefix = parts.group("prefix") == null ? bits : Integer.parseInt(parts.group("prefix"));
    if (prefix > bits) {
      throw invalid(text, setting);
    }
    return new Range(new AddressRange(address, prefix), port);
  }

  private static InvalidAddressException invalid(String entry, String setting) {
    return new InvalidAddressException(
        setting
            + " has the entry "
            + UriText.shown(entry)
            + ", which is not host, host:port, an IP address or a range such as 10.0.0.0/8");
  }

  /**
   * These and one more host or host:port.
   *
   * @throws InvalidAddressException that names the entry
   */
  public AllowedHosts and(String entry) {
    return new AllowedHosts(
        Stream.concat(entries.stream(), Stream.of(entry(entry, SETTING))).toList());
  }

  /**
   * @param host as {@link HostText#canonical} writes it
   * @param port 0 where none is known: then entries with a port do not count
   */
  boolean allows(String host, InetAddress address, int port) {
    return entries.stream()
        .anyMatch(
            entry ->
                (entry.port().isEmpty() || entry.port().getAsInt() == port)
                    && entry.allows(host, address));
  }

  /** Whether the name itself is listed, whatever its addresses: who lists it trusts it. */
  public boolean names(String host, int port) {
    String name = HostText.canonical(host.toLowerCase(Locale.ROOT));
    return entries.stream()
        .anyMatch(
            entry ->
                (entry.port().isEmpty() || entry.port().getAsInt() == port)
                    && switch (entry) {
                      case Name listed -> listed.name().equals(name);
                      case Range range ->
                          HostText.literal(name).map(range.range()::contains).orElse(false);
                    });
  }
}
