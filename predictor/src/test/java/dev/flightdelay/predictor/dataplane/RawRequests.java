package dev.flightdelay.predictor.dataplane;

/** Requests to a model of two features, as they go over a {@link RawConnection}. */
public final class RawRequests {

  public static final String ROW =
      "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\n{\"array\":[1,2]}";

  /** More rows than are scored on an event loop. */
  public static final String BATCH = batch(100, "");

  /**
   * So many rows.
   *
   * @param headers further lines, each with CR LF
   */
  public static String batch(int rows, String headers) {
    String body = "{\"data\":[" + "[1,1],".repeat(rows - 1) + "[1,1]]}";
    return "POST /predict HTTP/1.1\r\nHost: a\r\n"
        + headers
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private RawRequests() {}
}
