package dev.flightdelay.predictor.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The texts and numbers of a pickle, decoded exactly as Python does, except that halves of a
 * surrogate pair are refused. Every method throws IllegalArgumentException, with what is wrong, on
 * anything else.
 */
final class Text {

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private Text() {}

  /** Checks that the bytes are well-formed UTF-8, allocating nothing. */
  static void checkUtf8(byte[] file, int from, int to) {
    int i = from;
    while (i < to) {
      int lead = file[i++];
      if (lead >= 0) {
        continue;
      }
      int more =
          (lead & 0xe0) == 0xc0 ? 1 : (lead & 0xf0) == 0xe0 ? 2 : (lead & 0xf8) == 0xf0 ? 3 : 0;
      if (more == 0 || to - i < more) {
        throw new IllegalArgumentException("a text is not UTF-8");
      }
      int point = lead & (0x3f >> more);
      for (int k = 0; k < more; k++) {
        int next = file[i++];
        if ((next & 0xc0) != 0x80) {
          throw new IllegalArgumentException("a text is not UTF-8");
        }
        point = point << 6 | next & 0x3f;
      }
      int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
      if (point < least || point > 0x10ffff || isSurrogate(point)) {
        throw new IllegalArgumentException("a text is not UTF-8");
      }
    }
  }

  /**
   * Decodes UNICODE's line: Latin-1 with {@code \}{@code uXXXX} and {@code \}{@code UXXXXXXXX},
   * where any other backslash stands for itself.
   *
   * @param text where the letters go; null to check only, allocating nothing
   */
  static void rawUnicodeEscape(byte[] file, int from, int to, StringBuilder text) {
    int i = from;
    while (i < to) {
      int c = file[i++] & 0xff;
      int point = c;
      if (c == '\\' && i < to) {
        // Two backslashes are two backslashes, and the second starts no escape.
        int kind = file[i];
        if (kind == 'u' || kind == 'U') {
          int digits = kind == 'u' ? 4 : 8;
          point = hex(file, i + 1, digits, to);
          i += 1 + digits;
        } else {
          if (text != null) {
            text.append('\\');
          }
          point = kind & 0xff;
          i++;
        }
      }
      if (point > 0x10ffff || point < 0 || isSurrogate(point)) {
        throw new IllegalArgumentException("a text has a letter that is none");
      }
      if (text != null) {
        text.appendCodePoint(point);
      }
    }
  }

  /**
   * Decodes STRING's line: a Python string literal in quotes, its bytes as Latin-1.
   *
   * @param text where the letters go; null to check only, allocating nothing
   */
  static void quoted(byte[] file, int from, int to, StringBuilder text) {
    if (to - from < 2 || file[from] != file[to - 1] || file[from] != '\'' && file[from] != '"') {
      throw new IllegalArgumentException("a string is not in quotes");
    }
    int end = to - 1;
    int i = from + 1;
    while (i < end) {
      int c = file[i++] & 0xff;
      if (c == file[from]) {
        throw new IllegalArgumentException("a string ends before its line");
      }
      if (c == '\\') {
        if (i >= end) {
          throw new IllegalArgumentException("a string ends inside an escape");
        }
        int kind = file[i++];
        c =
            switch (kind) {
              case '\\', '\'', '"' -> kind;
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'x' -> hex(file, i, 2, end);
              default -> throw new IllegalArgumentException("a string has an unknown escape");
            };
        i += kind == 'x' ? 2 : 0;
      }
      if (text != null) {
        text.append((char) c);
      }
    }
  }

  private static int hex(byte[] file, int from, int digits, int to) {
    if (to - from < digits) {
      throw new IllegalArgumentException("a text ends inside an escape");
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(file[from + i], 16);
      if (digit < 0) {
        throw new IllegalArgumentException("a text has an unknown escape");
      }
      number = number << 4 | digit;
    }
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  /** INT's line: a Boolean ({@code 00}, {@code 01}), or an integer as {@link #normal} has it. */
  static Object integerOrBoolean(byte[] file, int from, int to) {
    String line = ascii(file, from, to);
    return switch (line) {
      case "00" -> false;
      case "01" -> true;
      default -> integer(line);
    };
  }

  /** LONG's line: an integer with an L, as {@link #normal} has it. */
  static Object longInteger(byte[] file, int from, int to) {
    String line = ascii(file, from, to);
    return integer(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
  }

  private static Object integer(String line) {
    if (!INTEGER.matcher(line).matches()) {
      throw new IllegalArgumentException("an integer is none");
    }
    return line.length() <= 18 ? (Object) Long.valueOf(line) : normal(new BigInteger(line));
  }

  /** FLOAT's line, as Python's repr writes it. */
  static Double floating(byte[] file, int from, int to) {
    String line = ascii(file, from, to);
    return switch (line) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!FLOAT.matcher(line).matches()) {
          throw new IllegalArgumentException("a float is none");
        }
        yield Double.valueOf(line);
      }
    };
  }

  /** GET's and PUT's line: up to ten digits. */
  static long index(byte[] file, int from, int to) {
    if (from == to) {
      throw new IllegalArgumentException("a memo index is none");
    }
    long index = 0;
    for (int i = from; i < to; i++) {
      if (file[i] < '0' || file[i] > '9') {
        throw new IllegalArgumentException("a memo index is none");
      }
      index = index * 10 + file[i] - '0';
    }
    return index;
  }

  /** LONG1's bytes: two's complement, the lowest first; none are zero. */
  static Object littleEndian(byte[] file, int from, int to) {
    byte[] bigEndian = new byte[to - from];
    for (int i = from; i < to; i++) {
      bigEndian[to - 1 - i] = file[i];
    }
    return bigEndian.length == 0 ? (Object) 0L : normal(new BigInteger(bigEndian));
  }

  /** A Long where it fits in 64 bits, else a BigInteger. */
  private static Object normal(BigInteger integer) {
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  private static String ascii(byte[] file, int from, int to) {
    return new String(file, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
