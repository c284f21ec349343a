package dev.flightdelay.predictor.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request's body: {@code bytes[from, to)}, valid only while it is read, because the array is used
 * again for the next request.
 *
 * @param jsonLength how many bytes are JSON, as the request says, where binary data follows it; -1
 *     where none does
 * @param query what stands behind the ? of the request's target, escaped; null where there is none
 */
public record Body(byte[] bytes, int from, int to, int jsonLength, String query) {

  /** A body without binary data, of a request without a query. */
  public Body(byte[] bytes, int from, int to) {
    this(bytes, from, to, -1, null);
  }

  /** Where the JSON ends; only where the body is as long as that. */
  public int jsonEnd() {
    return jsonLength < 0 ? to : from + jsonLength;
  }

  /** The first byte that is not white space, or -1. */
  public int firstByte() {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return bytes[i];
      }
    }
    return -1;
  }

  /**
   * Whether it is to be read as a JSON object: because its type says so, or because it is one and
   * its type is none, or the one that {@code curl -d} sends with whatever it is given.
   */
  public boolean isJsonObject(MediaType type) {
    return switch (type) {
      case JSON -> true;
      case CSV, OTHER -> false;
      case OCTETS, TEXT, FORM, ABSENT -> firstByte() == '{';
    };
  }

  /** The same in an array of its own, which stays as it is. */
  public Body copy() {
    byte[] own = Arrays.copyOfRange(bytes, from, to);
    return new Body(own, 0, own.length, jsonLength, query);
  }

  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
