package dev.flightdelay.predictor.sklearn.featureextraction;

import java.nio.charset.StandardCharsets;

/** MurmurHash3_x86_32 with the seed 0, by Austin Appleby (public domain). */
final class MurmurHash3 {

  private MurmurHash3() {}

  /** The hash of a text's UTF-8 as a signed integer: {@code murmurhash3_32(text)}. */
  static int of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int hash = 0;
    int blocks = bytes.length / 4 * 4;
    for (int i = 0; i < blocks; i += 4) {
      hash ^= scramble(little(bytes, i, 4));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    if (blocks < bytes.length) {
      hash ^= scramble(little(bytes, blocks, bytes.length - blocks));
    }
    hash ^= bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }

  private static int little(byte[] bytes, int from, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number |= (bytes[from + i] & 0xff) << 8 * i;
    }
    return number;
  }
}
