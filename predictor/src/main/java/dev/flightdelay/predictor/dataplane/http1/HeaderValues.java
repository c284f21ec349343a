package dev.flightdelay.predictor.dataplane.http1;

import io.netty.handler.codec.DefaultHeaders.ValueValidator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Netty's check of header values, which looks at them a character at a time, behind one that looks
 * at eight: a token has 700, and passes here. One belongs to one thread.
 */
final class HeaderValues implements ValueValidator<CharSequence> {

  private static final ValueValidator<CharSequence> NETTYS =
      DefaultHttpHeadersFactory.headersFactory().getValueValidator();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EACH = 0x0101_0101_0101_0101L;

  private final byte[] room = new byte[1 << 10];

  @Override
  public void validate(CharSequence value) {
    if (!(value instanceof String text) || !plain(text)) {
      NETTYS.validate(value);
    }
  }

  /** Whether it is ASCII that can be seen, and spaces behind that. */
  @SuppressWarnings("deprecation") // It takes bytes for characters, and headers have no others.
  boolean plain(String value) {
    if (value.startsWith(" ")) {
      return false;
    }
    long others = 0;
    for (int from = 0; from < value.length(); from += room.length) {
      int length = Math.min(room.length, value.length() - from);
      value.getBytes(from, from + length, room, 0);
      others |= others(length);
    }
    return (others & 0x80 * EACH) == 0;
  }

  /**
   * The highest bit of a byte is set where one is not from ' ' to '~'. Bytes carry into their
   * neighbours only where it is set already.
   */
  private long others(int length) {
    long others = 0;
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONG.get(room, at);
      others |= eight | (eight - ' ' * EACH) | (eight + EACH);
    }
    for (; at < length; at++) {
      others |= room[at] | (room[at] - ' ') | (room[at] + 1);
    }
    return others;
  }
}
