package dev.flightdelay.predictor.lightgbm;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A block of lines {@code name=value} in a model's text, up to an empty line or the text's end. The
 * values stay where they are in the text until they are asked for.
 */
final class TextFields {

  /** A field's name for messages: no longer than any that LightGBM has. */
  private static final int SHOWN = 40;

  private final String text;
  private final String where;
  // For each field where its value begins, and where it ends.
  private final Map<String, int[]> fields = new HashMap<>();
  private final int end;

  /**
   * @param where what the block describes, for messages
   * @param known the names that may occur
   * @throws UnreadableTextException if there is a name that is not known, or one twice
   */
  TextFields(String text, int from, String where, Set<String> known) {
    this.text = text;
    this.where = where;
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n') {
      int lineEnd = lineEnd(text, at);
      int equals = text.indexOf('=', at, lineEnd);
      int nameEnd = equals < 0 ? lineEnd : equals;
      String name = text.substring(at, Math.min(nameEnd, at + SHOWN));
      if (!known.contains(name)) {
        throw UnreadableTextException.unsupported(
            "%s has the field '%s', which no LightGBM from 2.1 to 4.7 writes"
                .formatted(where, printable(name)));
      }
      if (fields.put(name, new int[] {equals < 0 ? lineEnd : equals + 1, lineEnd}) != null) {
        throw UnreadableTextException.invalid("%s has the field %s twice".formatted(where, name));
      }
      at = Math.min(lineEnd + 1, text.length());
    }
    this.end = at;
  }

  static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static String printable(String name) {
    StringBuilder printable = new StringBuilder();
    name.chars().map(c -> c > ' ' && c < 127 ? c : '?').forEach(printable::appendCodePoint);
    return printable.toString();
  }

  /** Where the block ends: at its empty line. */
  int end() {
    return end;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String value(String name) {
    int[] range = range(name);
    return text.substring(range[0], range[1]);
  }

  int integer(String name, int least, int most) {
    int[] range = range(name);
    try {
      return Numbers.integer(text, range[0], range[1], least, most);
    } catch (IllegalArgumentException wrong) {
      throw invalid(name, wrong);
    }
  }

  int[] integers(String name, int count, long least, long most) {
    int[] range = range(name);
    try {
      return Numbers.integers(text, range[0], range[1], count, least, most);
    } catch (IllegalArgumentException wrong) {
      throw invalid(name, wrong);
    }
  }

  double[] reals(String name, int count) {
    int[] range = range(name);
    try {
      return Numbers.reals(text, range[0], range[1], count);
    } catch (IllegalArgumentException wrong) {
      throw invalid(name, wrong);
    }
  }

  /** Numbers that others are compared with, of which some may be without end. */
  double[] limits(String name, int count) {
    int[] range = range(name);
    try {
      return Numbers.limits(text, range[0], range[1], count);
    } catch (IllegalArgumentException wrong) {
      throw invalid(name, wrong);
    }
  }

  /** How many parts spaces divide the value into. */
  int count(String name) {
    int[] range = range(name);
    return Numbers.count(text, range[0], range[1]);
  }

  private UnreadableTextException invalid(String name, IllegalArgumentException wrong) {
    return UnreadableTextException.invalid(
        "%s has in %s %s".formatted(where, name, wrong.getMessage()));
  }

  private int[] range(String name) {
    int[] range = fields.get(name);
    if (range == null) {
      throw UnreadableTextException.invalid("%s has no field %s".formatted(where, name));
    }
    return range;
  }
}
