package dev.flightdelay.local.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Which requests go to which backends.
 *
 * @param host a name, {@code *.example.com}, or empty for all
 * @param headers by name in lower case: all must be there with this very value
 * @param backends chosen by weight
 */
record Route(
    String host,
    PathMatch path,
    Map<String, String> headers,
    WeightedChoice<Backend> backends,
    List<WeightedChoice.Weighted<Backend>> weights) {

  /**
   * A path, or a path and all below it by whole elements.
   *
   * @param value begins with a slash
   */
  record PathMatch(String value, boolean exact) {

    boolean matches(String path) {
      if (exact || path.equals(value)) {
        return path.equals(value);
      }
      String prefix = value.endsWith("/") ? value : value + "/";
      return path.startsWith(prefix) || (path + "/").equals(prefix);
    }
  }

  /**
   * The more specific first, as the Gateway API orders them: the host, an exact path, the longer
   * prefix, more headers.
   */
  static final Comparator<Route> MOST_SPECIFIC_FIRST =
      Comparator.<Route>comparingInt(
              route -> route.host().isEmpty() ? 2 : route.host().startsWith("*") ? 1 : 0)
          .thenComparing(Comparator.<Route>comparingInt(route -> route.host().length()).reversed())
          .thenComparing(route -> !route.path().exact())
          .thenComparing(
              Comparator.<Route>comparingInt(route -> route.path().value().length()).reversed())
          .thenComparing(
              Comparator.<Route>comparingInt(route -> route.headers().size()).reversed());

  /**
   * Whether a request is meant.
   *
   * @param requested the Host header without its port
   * @param header the value of a header, null where it is not there
   */
  boolean matches(String requested, String requestPath, Function<String, String> header) {
    return matchesHost(requested.toLowerCase(Locale.ROOT))
        && path.matches(requestPath)
        && headers.entrySet().stream()
            .allMatch(expected -> expected.getValue().equals(header.apply(expected.getKey())));
  }

  private boolean matchesHost(String requested) {
    return host.isEmpty()
        || (host.startsWith("*.")
            ? requested.endsWith(host.substring(1)) && requested.length() >= host.length()
            : requested.equals(host));
  }
}
