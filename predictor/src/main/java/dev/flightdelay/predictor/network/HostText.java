package dev.flightdelay.predictor.network;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host as it stands in a URI. There is one spelling of an IPv4 address here, four decimal
 * numbers; resolvers take many more (0x7f.1, 2130706433, 0177.0.0.1), and not all the same.
 */
final class HostText {

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private HostText() {}

  /** Lower case, without the brackets of an IPv6 address and without the root's full stop. */
  static String canonical(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * Whether some resolver could take it for an address: no top-level domain begins with a digit.
   */
  static boolean isNumeric(String host) {
    String name = canonical(host);
    int last = name.lastIndexOf('.') + 1;
    return name.contains(":")
        || name.contains("%")
        || last == name.length()
        || Character.digit(name.charAt(last), 10) >= 0;
  }

  /** The address that a numeric host is; empty if it is not plainly written. */
  static Optional<InetAddress> literal(String host) {
    String name = canonical(host);
    if (!IPV4.matcher(name).matches() && !IPV6.matcher(name).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
