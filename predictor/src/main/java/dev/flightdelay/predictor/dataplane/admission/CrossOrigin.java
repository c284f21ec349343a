package dev.flightdelay.predictor.dataplane.admission;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which origins' pages may read answers in a browser (CORS, in the Fetch standard). It keeps nobody
 * from asking: who may ask, credentials say, which a page has to send itself.
 */
public final class CrossOrigin {

  /** Stands for every origin. */
  public static final String ANY = "*";

  /** No other origin's page may. */
  public static final CrossOrigin NONE = new CrossOrigin(List.of(), List.of());

  private static final String METHODS = "GET, HEAD, POST";

  /** What requests have here besides what says who calls. */
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "content-encoding", "content-type", "if-none-match", "inference-header-content-length");

  private static final String EXPOSED =
      "Access-Control-Expose-Headers: x-model-version, x-model-sha256,"
          + " Inference-Header-Content-Length, ETag, Retry-After, WWW-Authenticate\r\n";

  /** How long a browser need not ask again: the most that all of them take. */
  private static final String MAX_AGE = "Access-Control-Max-Age: 7200\r\n";

  private static final String VARY = "Vary: Origin\r\n";

  /** The header lines of an answer, and of one to the question that browsers ask before. */
  private record Lines(byte[] answer, byte[] preflight) {}

  private final boolean on;
  private final Map<String, Lines> allowed;
  private final Lines others;

  private CrossOrigin(List<String> origins, List<String> credentials) {
    this.on = !origins.isEmpty();
    boolean any = origins.contains(ANY);
    this.allowed =
        any
            ? Map.of()
            : origins.stream()
                .distinct()
                .collect(
                    toUnmodifiableMap(
                        Function.identity(), origin -> lines(origin, VARY, credentials)));
    this.others = any ? lines(ANY, "", credentials) : new Lines(bytes(VARY), bytes(VARY));
  }

  /**
   * Pages of these.
   *
   * @param origins as browsers send them: {@code https://flights.example}; or {@link #ANY}
   * @param credentials the headers that say who calls
   */
  public static CrossOrigin of(List<String> origins, List<String> credentials) {
    return origins.isEmpty() ? NONE : new CrossOrigin(origins, credentials);
  }

  /** Whether an answer has such lines at all. */
  public boolean isOn() {
    return on;
  }

  /**
   * The header lines of an answer, each with CR LF.
   *
   * @param origin whose page asks; null where no page does
   * @param preflight whether a browser asks what it may ask
   */
  public byte[] lines(String origin, boolean preflight) {
    Lines lines = origin == null ? others : allowed.getOrDefault(origin, others);
    return preflight ? lines.preflight : lines.answer;
  }

  private static Lines lines(String origin, String vary, List<String> credentials) {
    String allow = "Access-Control-Allow-Origin: " + origin + "\r\n" + vary;
    String headers = String.join(", ", REQUEST_HEADERS);
    String all = credentials.isEmpty() ? headers : headers + ", " + String.join(", ", credentials);
    return new Lines(
        bytes(allow + EXPOSED),
        bytes(
            allow
                + "Access-Control-Allow-Methods: "
                + METHODS
                + "\r\nAccess-Control-Allow-Headers: "
                + all
                + "\r\n"
                + MAX_AGE));
  }

  private static byte[] bytes(String lines) {
    return lines.getBytes(StandardCharsets.US_ASCII);
  }
}
