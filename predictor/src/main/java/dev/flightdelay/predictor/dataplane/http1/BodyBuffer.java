package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A body that did not arrive together with its head, or was compressed. Grows with what arrives,
 * never with what was announced, and takes its bytes from what all connections together may hold.
 */
final class BodyBuffer {

  private static final int FIRST = 4096;

  /** What every connection may hold, however much the others hold. */
  private static final int ALWAYS = 8 << 10;

  private final int limit;
  private final AtomicLong buffered;
  private final long maxBuffered;
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * @param buffered the bytes that all connections hold
   */
  BodyBuffer(DataPlaneLimits limits, AtomicLong buffered) {
    this.limit = limits.bodyBytes();
    this.maxBuffered = limits.bufferedBodyBytes();
    this.buffered = buffered;
  }

  void append(ByteBuf content) {
    int count = content.readableBytes();
    makeRoom(count);
    content.readBytes(bytes, length, count);
    length += count;
  }

  /** Appends the first {@code count} of these bytes. */
  void append(byte[] content, int count) {
    makeRoom(count);
    System.arraycopy(content, 0, bytes, length, count);
    length += count;
  }

  private void makeRoom(int count) {
    if (length + count > limit) {
      throw tooLarge(limit);
    }
    if (length + count > bytes.length) {
      int size =
          (int) Math.min(limit, Math.max(length + count, Math.max(FIRST, 2L * bytes.length)));
      long all = buffered.addAndGet(size - bytes.length);
      if (all > maxBuffered && size > ALWAYS) {
        buffered.addAndGet(bytes.length - size);
        throw new RefusedRequestException(
            503, "too many long bodies are arriving at once; try again in a second");
      }
      bytes = Arrays.copyOf(bytes, size);
    }
  }

  int length() {
    return length;
  }

  Body body(RequestHead head) {
    return new Body(bytes, 0, length, head.jsonLength, head.query);
  }

  /** Gives the bytes back to what all connections may hold. */
  void release() {
    buffered.addAndGet(-bytes.length);
    bytes = new byte[0];
    length = 0;
  }

  static RefusedRequestException tooLarge(int limit) {
    return new RefusedRequestException(
        413, "the body is longer than " + limit + " bytes; send fewer rows at a time");
  }
}
