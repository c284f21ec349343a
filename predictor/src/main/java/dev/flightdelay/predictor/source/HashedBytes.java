package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
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
   * @throws ModelRefusedException if this process has too little memory for it
   */
  static HashedBytes read(Path file, int size) throws IOException {
    requireRoom(size, Runtime.getRuntime().maxMemory());
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

  private static void requireRoom(int size, long heap) {
    if (size > ReadingBudget.share(heap)) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "the file has %d MiB, and this process has %d MiB of heap, of which a model may fill %d; give it more memory"
              .formatted(size >> 20, heap >> 20, ReadingBudget.share(heap) >> 20));
    }
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
