package dev.flightdelay.predictor.dataplane.http1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses answers with gzip for clients that take it. What an event loop compresses is short, or
 * compressed once and kept; other threads may use only the static method.
 */
final class AnswerCompression {

  static final String VARY = "Vary: Accept-Encoding\r\n";
  static final String CODED = VARY + "Content-Encoding: gzip\r\n";

  /** Less fits into a packet anyway. */
  static final int WORTHWHILE = 1 << 10;

  private static final byte[] HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 4, (byte) 255};
  private static final int TRAILER = 8;

  /** Of what is shared between answers; gone with it, as arrays are equal only to themselves. */
  private final Map<byte[], byte[]> kept = new WeakHashMap<>();

  /** The same of content that is shared between answers. */
  byte[] shared(byte[] content) {
    return kept.computeIfAbsent(content, it -> gzip(it, it.length));
  }

  /** Whether it need not be compressed any more. */
  boolean has(byte[] content) {
    return kept.containsKey(content);
  }

  /** Keeps what another thread has compressed. */
  void keep(byte[] content, byte[] compressed) {
    kept.put(content, compressed);
  }

  /** The first {@code length} bytes as a gzip member. */
  static byte[] gzip(byte[] content, int length) {
    // What cannot be compressed becomes longer by five bytes for some 16 KiB.
    byte[] out = new byte[HEADER.length + TRAILER + length + (length >> 10) + 64];
    System.arraycopy(HEADER, 0, out, 0, HEADER.length);
    // Numbers hardly become shorter by more effort.
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    int end = HEADER.length;
    try {
      deflater.setInput(content, 0, length);
      deflater.finish();
      end += deflater.deflate(out, end, out.length - end - TRAILER);
      if (!deflater.finished()) {
        throw new IllegalStateException("an answer became too long by its compression");
      }
    } finally {
      // Its memory is not the heap's, and would wait for a collection.
      deflater.end();
    }
    CRC32 crc = new CRC32();
    crc.update(content, 0, length);
    ByteBuffer.wrap(out)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(end, (int) crc.getValue())
        .putInt(end + Integer.BYTES, length);
    return Arrays.copyOf(out, end + TRAILER);
  }
}
