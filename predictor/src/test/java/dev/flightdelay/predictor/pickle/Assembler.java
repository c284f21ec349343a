package dev.flightdelay.predictor.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes pickles by hand: numbers are bytes, texts are Latin-1, arrays are themselves. */
final class Assembler {

  private Assembler() {}

  /** A pickle of protocol 4 without a frame; the STOP is added. */
  static byte[] pickle(Object... parts) {
    return bytes(0x80, 4, bytes(parts), ".");
  }

  static byte[] bytes(Object... parts) {
    var bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      switch (part) {
        case Integer number -> bytes.write(number);
        case String text -> bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        case byte[] array -> bytes.writeBytes(array);
        default -> throw new IllegalArgumentException("no part of a pickle: " + part);
      }
    }
    return bytes.toByteArray();
  }

  static byte[] repeat(int times, Object... parts) {
    byte[] once = bytes(parts);
    var bytes = new ByteArrayOutputStream(times * once.length);
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(once);
    }
    return bytes.toByteArray();
  }

  /** SHORT_BINUNICODE. */
  static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(0x8c, utf8.length, utf8);
  }

  /** STACK_GLOBAL with its names in front. */
  static byte[] global(String module, String name) {
    return bytes(text(module), text(name), 0x93);
  }

  /** A number of that many bytes, the lowest first. */
  static byte[] little(int width, long number) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (number >>> 8 * i);
    }
    return bytes;
  }
}
