package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.Caller;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The token that a connection's last request had, where it was a known one: clients present the
 * same one with every request, and comparing it takes far less than hashing it. One belongs to one
 * connection, and so to one thread.
 */
public final class LastToken {

  /** Longer ones are hashed each time: many connections must not hold much. */
  static final int MAX_LENGTH = 1 << 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private byte[] header;
  private Caller caller;
  private Object keys;
  private long until;

  /**
   * @param header what was presented
   * @param keys those by which it was verified, the same object while they are the same
   * @param until when it must be looked up again, in milliseconds
   */
  public void remember(byte[] header, Caller caller, Object keys, long until) {
    if (header.length <= MAX_LENGTH) {
      this.header = header;
      this.caller = caller;
      this.keys = keys;
      this.until = until;
    }
  }

  /**
   * The caller of the same token, while the keys are the same; else null.
   *
   * @param room {@link #MAX_LENGTH} bytes that this may write to
   */
  public Caller again(String presented, byte[] room, Object now, long millis) {
    return header != null
            && header.length == presented.length()
            && keys == now
            && millis < until
            && same(header, presented, room)
        ? caller
        : null;
  }

  /** Compares every byte: proxies let strangers use one connection, and time must tell nothing. */
  @SuppressWarnings("deprecation") // It takes bytes for characters, and headers have no others.
  private static boolean same(byte[] one, String presented, byte[] other) {
    presented.getBytes(0, one.length, other, 0);
    long different = 0;
    int at = 0;
    for (; at <= one.length - Long.BYTES; at += Long.BYTES) {
      different |= (long) LONG.get(one, at) ^ (long) LONG.get(other, at);
    }
    for (; at < one.length; at++) {
      different |= one[at] ^ other[at];
    }
    return different == 0;
  }
}
