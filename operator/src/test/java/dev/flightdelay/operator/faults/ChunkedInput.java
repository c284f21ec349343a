package dev.flightdelay.operator.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body in HTTP/1.1's chunks (RFC 9112, 7.1), without them. Closing it leaves the connection open.
 */
final class ChunkedInput extends InputStream {
  private final InputStream in;
  private long left;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended within a chunk");
    }
    left -= count;
    if (left == 0) {
      HttpHead.line(in);
    }
    return count;
  }

  private void nextChunk() throws IOException {
    String size = HttpHead.line(in);
    if (size.isEmpty()) {
      throw new EOFException("the connection ended between chunks");
    }
    left = Long.parseLong(size.split(";")[0].strip(), 16);
    if (left == 0) {
      ended = true;
      // Trailers, which the API server does not send, would stand here.
      HttpHead.line(in);
    }
  }
}
