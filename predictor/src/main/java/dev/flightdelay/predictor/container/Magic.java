package dev.flightdelay.predictor.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes by which a format is told.
 *
 * @param at where in a file they are
 */
record Magic(int at, byte[] bytes) {

  /**
   * @param characters the bytes, as ISO 8859-1 reads them
   */
  static Magic at(int place, String characters) {
    return new Magic(place, characters.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean isIn(byte[] file) {
    return file.length >= at + bytes.length
        && Arrays.equals(file, at, at + bytes.length, bytes, 0, bytes.length);
  }
}
