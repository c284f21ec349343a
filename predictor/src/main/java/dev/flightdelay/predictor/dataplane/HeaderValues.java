package dev.flightdelay.predictor.dataplane;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.DefaultHeaders.ValueValidator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Netty's check of header values, which looks at them a character at a time, behind one that looks
 * at eight: a token has 700, and passes here.
 */
final class HeaderValues implements ValueValidator<CharSequence> {

  private static final ValueValidator<CharSequence> NETTYS =
      DefaultHttpHeadersFactory.headersFactory().getValueValidator();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EACH = 0x0101_0101_0101_0101L;

  @Override
  public void validate(CharSequence value) {
    if (!(value instanceof String text) || !plain(text)) {
      NETTYS.validate(value);
    }
  }

  /** Whether it is ASCII that can be seen, and spaces behind that. */
  static boolean plain(String value) {
    // Decoded from bytes, each a character.
    byte[] text = value.getBytes(ISO_8859_1);
    if (text.length > 0 && text[0] == ' ') {
      return false;
    }
    // The highest bit of a byte is set in its place where the byte is not from ' ' to '~'. Bytes
    // carry into their neighbours only where it is set already.
    long others = 0;
    int at = 0;
    for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONG.get(text, at);
      others |= eight | (eight - ' ' * EACH) | (eight + EACH);
    }
    for (; at < text.length; at++) {
      others |= text[at] | (text[at] - ' ') | (text[at] + 1);
    }
    return (others & 0x80 * EACH) == 0;
  }
}
