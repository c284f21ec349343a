package dev.flightdelay.predictor.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON in UTF-8, and the binary data that may follow it, into an array that grows and is
 * used again. The caller writes brackets and commas itself: the answers here have few, and always
 * the same.
 */
public final class JsonWriter {

  private static final int KEPT = 1 << 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;
  private int jsonLength = -1;

  /** Forgets what was written; an array that one long answer made large is given back. */
  public void clear() {
    length = 0;
    jsonLength = -1;
    if (bytes.length > KEPT) {
      bytes = new byte[1024];
    }
  }

  /** The array that holds what was written, from 0 to {@link #length()}. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Ends the JSON: what is written from now on is binary data behind it. */
  public void endJson() {
    jsonLength = length;
  }

  /** How many bytes are JSON; -1 where all of them are. */
  public int jsonLength() {
    return jsonLength;
  }

  /**
   * Makes room for bytes that the caller writes into {@link #array()} itself.
   *
   * @return where they begin
   */
  public int reserve(int count) {
    room(count);
    int start = length;
    length += count;
    return start;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Bytes as they are. */
  public JsonWriter raw(byte[] source) {
    return raw(source, 0, source.length);
  }

  /** Bytes as they are. */
  public JsonWriter raw(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  /** ASCII text as it is. */
  public JsonWriter raw(String ascii) {
    int count = ascii.length();
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  public JsonWriter raw(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  public JsonWriter integer(long value) {
    if (value >= 0 && value < 10) {
      return raw((char) ('0' + value));
    }
    return raw(Long.toString(value));
  }

  /** The shortest decimal that is this double; null where it is not finite, as JSON has no NaN. */
  public JsonWriter number(double value) {
    return raw(Double.isFinite(value) ? Double.toString(value) : "null");
  }

  /** A string in quotes. */
  public JsonWriter string(String text) {
    raw('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        raw('\\').raw(c);
      } else if (c >= 0x20 && c < 0x7f) {
        raw(c);
      } else if (c < 0x20 || c == 0x7f) {
        escaped(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        raw(text.substring(i, i + 2).getBytes(StandardCharsets.UTF_8));
        i++;
      } else if (Character.isSurrogate(c)) {
        escaped(c);
      } else {
        utf8(c);
      }
    }
    return raw('"');
  }

  private void escaped(char c) {
    raw("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      raw((char) HEX[c >> shift & 0xf]);
    }
  }

  private void utf8(char c) {
    room(3);
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | c >> 6);
    } else {
      bytes[length++] = (byte) (0xe0 | c >> 12);
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
    }
    bytes[length++] = (byte) (0x80 | c & 0x3f);
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
