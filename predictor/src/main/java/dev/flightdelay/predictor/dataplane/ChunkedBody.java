package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.RefusedRequestException;

/**
 * Reads a chunked body (RFC 9112, 7.1) as it arrives; chunk extensions and trailers are checked and
 * dropped.
 */
final class ChunkedBody {

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    END_LF,
    DONE
  }

  private static final int MAX_OVERHEAD = 8 << 10;

  private State state = State.SIZE;
  private int digits;
  private long left;
  private int overhead;

  /**
   * Reads from {@code b[from, to)} and appends the data to {@code body}.
   *
   * @return the position behind what was read
   */
  int read(byte[] b, int from, int to, BodyBuffer body) {
    int i = from;
    while (i < to && state != State.DONE) {
      if (state == State.DATA) {
        int count = (int) Math.min(left, to - i);
        body.append(b, i, count);
        i += count;
        left -= count;
        if (left == 0) {
          state = State.DATA_CR;
        }
        continue;
      }
      step(b[i++], body);
    }
    return i;
  }

  boolean done() {
    return state == State.DONE;
  }

  private void step(byte c, BodyBuffer body) {
    switch (state) {
      case SIZE -> {
        int digit = Character.digit(c, 16);
        if (digit >= 0) {
          if (++digits > 8) {
            throw malformed("a chunk's size has more than 8 digits");
          }
          left = left << 4 | digit;
        } else if (digits == 0) {
          throw malformed("a chunk has no size");
        } else if (c == '\r') {
          state = State.SIZE_LF;
        } else if (c == ';') {
          state = State.EXTENSION;
        } else {
          throw malformed("a chunk's size is no hexadecimal number");
        }
      }
      case EXTENSION -> {
        if (c == '\r') {
          state = State.SIZE_LF;
        } else {
          visible(c);
        }
      }
      case SIZE_LF -> {
        lineFeed(c);
        body.expect(left);
        digits = 0;
        state = left == 0 ? State.TRAILER_START : State.DATA;
      }
      case DATA_CR -> {
        if (c != '\r') {
          throw malformed("a chunk is longer than its size");
        }
        state = State.DATA_LF;
      }
      case DATA_LF -> {
        lineFeed(c);
        state = State.SIZE;
      }
      case TRAILER_START -> {
        if (c == '\r') {
          state = State.END_LF;
        } else if (c == ' ' || c == '\t') {
          throw malformed("a trailer is folded over lines");
        } else {
          visible(c);
          state = State.TRAILER;
        }
      }
      case TRAILER -> {
        if (c == '\r') {
          state = State.TRAILER_LF;
        } else {
          visible(c);
        }
      }
      case TRAILER_LF -> {
        lineFeed(c);
        state = State.TRAILER_START;
      }
      case END_LF -> {
        lineFeed(c);
        state = State.DONE;
      }
      case DATA, DONE -> throw new IllegalStateException(state.name());
    }
  }

  private void visible(byte c) {
    if (c < ' ' && c >= 0 && c != '\t' || c == 0x7f) {
      throw malformed("a chunk's line has a control character");
    }
    if (++overhead > MAX_OVERHEAD) {
      throw malformed("chunk extensions and trailers are longer than " + MAX_OVERHEAD + " bytes");
    }
  }

  private static void lineFeed(byte c) {
    if (c != '\n') {
      throw malformed("a chunk's line does not end with CR LF");
    }
  }

  private static RefusedRequestException malformed(String message) {
    return new RefusedRequestException(400, message);
  }
}
