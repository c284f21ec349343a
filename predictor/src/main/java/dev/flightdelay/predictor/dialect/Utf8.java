package dev.flightdelay.predictor.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes what callers send as UTF-8, where a String's own constructor would put U+FFFD. */
public final class Utf8 {

  private Utf8() {}

  /**
   * The text of the bytes {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws CharacterCodingException if they are not UTF-8
   */
  public static String text(byte[] bytes, int from, int to) throws CharacterCodingException {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= bytes[i];
    }
    // ASCII only, as most texts are: that needs no decoder.
    return all >= 0
        ? new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
        : StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, from, to - from))
            .toString();
  }
}
