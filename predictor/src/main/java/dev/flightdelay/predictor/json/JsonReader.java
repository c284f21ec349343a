package dev.flightdelay.predictor.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.io.NumberInput;

/**
 * Reads JSON (RFC 8259, UTF-8) from bytes, once and forwards: the caller says what it expects next.
 *
 * <p>Most of what arrives here is numbers, and short ones: they become doubles without a token, a
 * character buffer or a string between. Strict: no comments, no trailing commas, no NaN, nothing
 * behind the value; nesting, numbers and strings are bounded.
 */
public final class JsonReader {

  /** What a value begins with; {@code OTHER} begins no JSON value. */
  public enum Token {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    OTHER
  }

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_STRING_LENGTH = 8192;
  private static final int MAX_SKIPPED_MEMBERS = 1000;

  /** The powers of ten that a double has exactly. */
  private static final double[] TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT = 1L << 53;
  private static final int DIGITS_IN_LONG = 18;

  private final byte[] bytes;
  private final int from;
  private final int end;
  private int at;
  private int depth;
  private boolean justOpened;

  /** Reads {@code bytes[from, to)}. */
  public JsonReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.at = from;
    this.end = to;
  }

  /** What comes next, without consuming it. */
  public Token peek() {
    skipSpace();
    if (at == end) {
      return Token.OTHER;
    }
    return switch (bytes[at]) {
      case '{' -> Token.OBJECT;
      case '[' -> Token.ARRAY;
      case '"' -> Token.STRING;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Token.NUMBER;
      case 't' -> Token.TRUE;
      case 'f' -> Token.FALSE;
      case 'n' -> Token.NULL;
      default -> Token.OTHER;
    };
  }

  public void beginObject() {
    open('{', "an object");
  }

  /** The next member's name, its value being next to read; null when the object ends. */
  public String nextName() {
    if (!next('}')) {
      return null;
    }
    skipSpace();
    if (at == end || bytes[at] != '"') {
      throw expected("a member's name in quotes");
    }
    String name = string();
    skipSpace();
    if (at == end || bytes[at] != ':') {
      throw expected("':' after a member's name");
    }
    at++;
    return name;
  }

  public void beginArray() {
    open('[', "an array");
  }

  /** Whether another element is next to read; false when the array ends. */
  public boolean nextElement() {
    return next(']');
  }

  /** A number; infinite where a double cannot hold it. */
  public double number() {
    skipSpace();
    byte[] b = bytes;
    int stop = end;
    int start = at;
    int i = start;
    boolean negative = i < stop && b[i] == '-';
    if (negative) {
      i++;
    }
    int firstDigit = i;
    long mantissa = 0;
    int digit;
    while (i < stop && (digit = b[i] - '0') >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      i++;
    }
    int digits = i - firstDigit;
    if (digits == 0) {
      throw expected("a number");
    }
    if (digits > 1 && b[firstDigit] == '0') {
      throw expected("a number without leading zeros");
    }
    int exponent = 0;
    if (i < stop && b[i] == '.') {
      int firstDecimal = ++i;
      while (i < stop && (digit = b[i] - '0') >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        i++;
      }
      exponent = firstDecimal - i;
      if (exponent == 0) {
        throw expected("digits after a number's point");
      }
      digits -= exponent;
    }
    if (i < stop && (b[i] | 0x20) == 'e') {
      i++;
      boolean down = i < stop && b[i] == '-';
      if (down || i < stop && b[i] == '+') {
        i++;
      }
      int firstOfExponent = i;
      int power = 0;
      while (i < stop && (digit = b[i] - '0') >= 0 && digit <= 9) {
        power = Math.min(power * 10 + digit, 100_000);
        i++;
      }
      if (i == firstOfExponent) {
        throw expected("digits in a number's exponent");
      }
      exponent += down ? -power : power;
    }
    if (i - start > MAX_NUMBER_LENGTH) {
      throw expected("a number of at most " + MAX_NUMBER_LENGTH + " characters");
    }
    at = i;
    if (digits <= DIGITS_IN_LONG && mantissa <= EXACT && exponent >= -22 && exponent <= 22) {
      // Both operands are exact, so that one rounding gives the nearest double.
      double magnitude = exponent < 0 ? mantissa / TEN[-exponent] : mantissa * TEN[exponent];
      return negative ? -magnitude : magnitude;
    }
    return NumberInput.parseDouble(
        new String(b, start, i - start, StandardCharsets.ISO_8859_1), true);
  }

  /** Another reader that stands where this one does, and may look at what this one reads later. */
  public JsonReader ahead() {
    JsonReader other = new JsonReader(bytes, from, end);
    other.at = at;
    other.depth = depth;
    other.justOpened = justOpened;
    return other;
  }

  /** Where the reader stands in its array. */
  public int position() {
    return at;
  }

  /** The number that was read from there, exactly. */
  public BigDecimal decimal(int start) {
    return new BigDecimal(
        new String(bytes, start, at - start, StandardCharsets.ISO_8859_1).strip());
  }

  /** A string, unescaped. */
  public String string() {
    skipSpace();
    if (at == end || bytes[at] != '"') {
      throw expected("a string");
    }
    int first = at + 1;
    int i = first;
    int all = 0;
    while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
      if (bytes[i] >= 0 && bytes[i] < 0x20) {
        at = i;
        throw expected("no control character in a string");
      }
      all |= bytes[i++];
    }
    if (i - first > MAX_STRING_LENGTH) {
      throw expected("a string of at most " + MAX_STRING_LENGTH + " characters");
    }
    if (i == end) {
      at = i;
      throw expected("the end of a string");
    }
    if (bytes[i] == '\\') {
      return escapedString(first);
    }
    at = i + 1;
    return all >= 0
        ? new String(bytes, first, i - first, StandardCharsets.ISO_8859_1)
        : utf8(first, i);
  }

  /** {@code true} or {@code false}. */
  public boolean bool() {
    boolean value = peek() == Token.TRUE;
    literal(value ? "true" : "false");
    return value;
  }

  public void nul() {
    skipSpace();
    literal("null");
  }

  /** Whether null is next; then it is passed over. */
  public boolean nextNull() {
    boolean isNull = peek() == Token.NULL;
    if (isNull) {
      nul();
    }
    return isNull;
  }

  /** Passes over any value, checking it. */
  public void skip() {
    switch (peek()) {
      case OBJECT -> {
        beginObject();
        Set<String> names = new HashSet<>();
        for (String name = nextName(); name != null; name = nextName()) {
          if (!names.add(name)) {
            throw twice(name);
          }
          if (names.size() > MAX_SKIPPED_MEMBERS) {
            throw expected("an object of at most " + MAX_SKIPPED_MEMBERS + " members");
          }
          skip();
        }
      }
      case ARRAY -> {
        beginArray();
        while (nextElement()) {
          skip();
        }
      }
      case STRING -> string();
      case NUMBER -> number();
      case TRUE, FALSE -> bool();
      case NULL -> nul();
      case OTHER -> throw expected("a JSON value");
    }
  }

  /** Checks that nothing but white space follows. */
  public void end() {
    skipSpace();
    if (at < end) {
      throw expected("the end of the body");
    }
  }

  /** The same member of one object, given again. */
  public MalformedJsonException twice(String name) {
    return new MalformedJsonException(
        "'%s' is given twice, the second time before byte %d".formatted(shown(name), at - from));
  }

  /** A refusal that says what was expected where the reader stands, and what is there. */
  public MalformedJsonException expected(String what) {
    return new MalformedJsonException(
        "expected %s at byte %d of the JSON, found %s".formatted(what, at - from, found()));
  }

  /** The bytes where the reader stands, bounded and printable, for a message. */
  public String found() {
    if (at >= end) {
      return "its end";
    }
    StringBuilder found = new StringBuilder("'");
    int i = at;
    while (i < end && i < at + 12 && bytes[i] > ' ' && bytes[i] < 0x7f) {
      if (i > at && (bytes[i] == ',' || bytes[i] == ']' || bytes[i] == '}')) {
        break;
      }
      found.append((char) bytes[i++]);
    }
    return i == at ? "byte 0x%02x".formatted(bytes[at]) : found.append('\'').toString();
  }

  private static String shown(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "…" : name;
  }

  private void open(char bracket, String what) {
    skipSpace();
    if (at == end || bytes[at] != bracket) {
      throw expected(what);
    }
    if (++depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " levels of nesting");
    }
    at++;
    justOpened = true;
  }

  private boolean next(char bracket) {
    skipSpace();
    if (at == end) {
      throw expected("',' or '" + bracket + "'");
    }
    if (bytes[at] == bracket) {
      at++;
      depth--;
      justOpened = false;
      return false;
    }
    if (justOpened) {
      justOpened = false;
    } else if (bytes[at] == ',') {
      at++;
    } else {
      throw expected("',' or '" + bracket + "'");
    }
    return true;
  }

  private void literal(String word) {
    int i = at;
    for (int k = 0; k < word.length(); k++, i++) {
      if (i == end || bytes[i] != word.charAt(k)) {
        throw expected("'" + word + "'");
      }
    }
    at = i;
  }

  private String escapedString(int first) {
    StringBuilder text = new StringBuilder();
    int i = first;
    int run = first;
    while (i < end && bytes[i] != '"') {
      if (i - first > 6 * MAX_STRING_LENGTH) {
        throw expected("a string of at most " + MAX_STRING_LENGTH + " characters");
      }
      if (bytes[i] >= 0 && bytes[i] < 0x20) {
        at = i;
        throw expected("no control character in a string");
      }
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      text.append(utf8(run, i));
      at = i;
      i = escape(i + 1, text);
      run = i;
    }
    if (i >= end) {
      at = end;
      throw expected("the end of a string");
    }
    text.append(utf8(run, i));
    at = i + 1;
    return text.toString();
  }

  private int escape(int i, StringBuilder text) {
    if (i >= end) {
      throw expected("an escape sequence");
    }
    switch (bytes[i]) {
      case '"', '\\', '/' -> text.append((char) bytes[i]);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int code = 0;
        for (int k = 1; k <= 4; k++) {
          int digit = i + k < end ? Character.digit(bytes[i + k], 16) : -1;
          if (digit < 0) {
            throw expected("four hexadecimal digits after \\u");
          }
          code = code << 4 | digit;
        }
        text.append((char) code);
        return i + 5;
      }
      default -> throw expected("an escape sequence");
    }
    return i + 1;
  }

  private String utf8(int first, int last) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, first, last - first))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      at = first;
      throw expected("a string in UTF-8");
    }
  }

  private void skipSpace() {
    while (at < end) {
      byte b = bytes[at];
      if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }
}
