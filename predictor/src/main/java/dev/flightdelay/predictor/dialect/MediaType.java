package dev.flightdelay.predictor.dialect;

/** What a request says that its body is. */
public enum MediaType {
  JSON("application/json"),
  /** What clients send a JSON object as that binary data follows, or that they know nothing of. */
  OCTETS("application/octet-stream"),
  TEXT("text/plain"),
  CSV("text/csv"),
  FORM("application/x-www-form-urlencoded"),
  /** No Content-Type at all: the dialect that the path names is tried. */
  ABSENT("none"),
  OTHER("another");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
