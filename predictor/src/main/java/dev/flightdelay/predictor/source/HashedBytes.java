package dev.flightdelay.predictor.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes and their hash, taken from the very array that is handed on: a file may change after it was
 * looked at, an array that nobody else has may not.
 */
record HashedBytes(byte[] bytes, String sha256) {

  private static final int PIECE = 1 << 20;

  /**
   * @param size the file's size, checked by the caller
   * @throws EOFException if the file is no longer of that size
   */
  static HashedBytes read(Path file, int size) throws IOException {
    byte[] bytes = new byte[size];
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      for (int at = 0; at < size; ) {
        // In pieces: a channel keeps an off-heap buffer as large as the largest read.
        int read = in.read(bytes, at, Math.min(PIECE, size - at));
        if (read < 0) {
          throw new EOFException("shorter than it was");
        }
        digest.update(bytes, at, read);
        at += read;
      }
      if (in.read() >= 0) {
        throw new EOFException("longer than it was");
      }
    }
    return new HashedBytes(bytes, hex(digest));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
