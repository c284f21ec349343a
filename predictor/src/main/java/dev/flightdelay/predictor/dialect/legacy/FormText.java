package dev.flightdelay.predictor.dialect.legacy;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} bodies. */
final class FormText {

  private FormText() {}

  /**
   * The fields by name, in the order in which they were sent.
   *
   * @param maxFields how many there may be
   */
  static Map<String, String> fields(Body body, int maxFields) {
    Map<String, String> fields = new LinkedHashMap<>();
    byte[] bytes = body.bytes();
    int end = body.to();
    while (end > body.from() && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    int at = body.from();
    while (at < end) {
      int stop = at;
      int equals = -1;
      while (stop < end && bytes[stop] != '&') {
        if (equals < 0 && bytes[stop] == '=') {
          equals = stop;
        }
        stop++;
      }
      if (stop > at) {
        String name = decoded(bytes, at, equals < 0 ? stop : equals);
        String value = equals < 0 ? "" : decoded(bytes, equals + 1, stop);
        if (fields.putIfAbsent(name, value) != null) {
          throw new RefusedRequestException(
              400, "the field " + Quoted.text(name) + " is given twice");
        }
        if (fields.size() > maxFields) {
          throw new RefusedRequestException(
              400, "the form has more than the " + maxFields + " fields that this model can use");
        }
      }
      at = stop + 1;
    }
    return fields;
  }

  private static String decoded(byte[] bytes, int from, int to) {
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      plain = bytes[i] != '%' && bytes[i] != '+' && bytes[i] >= 0;
    }
    if (plain) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      switch (bytes[i]) {
        case '+' -> decoded.write(' ');
        case '%' -> {
          int high = i + 1 < to ? Character.digit(bytes[i + 1], 16) : -1;
          int low = i + 2 < to ? Character.digit(bytes[i + 2], 16) : -1;
          if (high < 0 || low < 0) {
            throw new RefusedRequestException(
                400, "a '%' in the form is not followed by two hexadecimal digits");
          }
          decoded.write(high << 4 | low);
          i += 2;
        }
        default -> decoded.write(bytes[i]);
      }
    }
    try {
      return Utf8.text(decoded.toByteArray(), 0, decoded.size());
    } catch (CharacterCodingException notUtf8) {
      throw new RefusedRequestException(400, "the form is not in UTF-8");
    }
  }
}
