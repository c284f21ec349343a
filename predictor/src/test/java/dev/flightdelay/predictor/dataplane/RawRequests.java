package dev.flightdelay.predictor.dataplane;

/** Requests to a model of two features, as they go over a {@link RawConnection}. */
public final class RawRequests {

  public static final String ROW =
      "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\n{\"array\":[1,2]}";

  private static final String HUNDRED_ROWS = "{\"data\":[" + "[1,1],".repeat(99) + "[1,1]]}";

  /** More rows than are scored on an event loop. */
  public static final String BATCH =
      "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
          + HUNDRED_ROWS.length()
          + "\r\n\r\n"
          + HUNDRED_ROWS;

  private RawRequests() {}
}
