package dev.flightdelay.predictor.model;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a classifier, in the order of {@code classes_}, with the JSON of each made once.
 *
 * <p>{@code values} are all {@link Long}, all {@link Double}, all {@link Boolean} or all {@link
 * String}: what the labels' NumPy dtype becomes in JSON.
 */
public final class Labels {

  /** What the labels are. */
  public enum Kind {
    INTEGER,
    REAL,
    BOOLEAN,
    TEXT
  }

  private final Kind kind;
  private final List<Object> values;
  private final byte[][] json;

  public Labels(Kind kind, List<?> values) {
    this.kind = kind;
    this.values = List.copyOf(values);
    this.json = new byte[values.size()][];
    for (int i = 0; i < json.length; i++) {
      json[i] = json(kind, this.values.get(i)).getBytes(StandardCharsets.UTF_8);
    }
  }

  public Kind kind() {
    return kind;
  }

  public int size() {
    return json.length;
  }

  public Object value(int i) {
    return values.get(i);
  }

  /** The label as a person writes it, without quotes. */
  public String text(int i) {
    return String.valueOf(values.get(i));
  }

  /** The label as a JSON value in UTF-8; the array is shared and must not be changed. */
  public byte[] json(int i) {
    return json[i];
  }

  public List<Object> values() {
    return values;
  }

  /** Where each label stands, for looking up many of them. */
  public Map<Object, Integer> positions() {
    Map<Object, Integer> positions = HashMap.newHashMap(values.size());
    for (int i = 0; i < values.size(); i++) {
      positions.putIfAbsent(values.get(i), i);
    }
    return positions;
  }

  private static String json(Kind kind, Object value) {
    return switch (kind) {
      case INTEGER -> Long.toString((Long) value);
      case REAL -> Double.toString((Double) value);
      case BOOLEAN -> Boolean.toString((Boolean) value);
      case TEXT -> quoted((String) value);
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
