package dev.flightdelay.predictor.catboost;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CityHash64 in its first version, by which CatBoost knows a category ({@code util/digest/city.cpp}
 * there; later versions of CityHash give other numbers).
 */
final class CityHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_0 = 0xc3a5c85c97cb3127L;
  private static final long PRIME_1 = 0xb492b66fbe98f273L;
  private static final long PRIME_2 = 0x9ae16a3b2f90404fL;
  private static final long PRIME_3 = 0xc949d7c7509e6557L;
  private static final long MIXER = 0x9ddfea08eb382d69L;

  private static final int BLOCK = 64;

  private final byte[] text;
  // The state of a text that is longer than one block.
  private long x;
  private long y;
  private long z;
  private final long[] v = new long[2];
  private final long[] w = new long[2];

  private CityHash(byte[] text) {
    this.text = text;
  }

  static long of(byte[] text) {
    CityHash hash = new CityHash(text);
    int length = text.length;
    if (length <= 16) {
      return hash.upTo16();
    }
    if (length <= 32) {
      return hash.upTo32();
    }
    return length <= BLOCK ? hash.upTo64() : hash.blocks();
  }

  private long upTo16() {
    int length = text.length;
    if (length > 8) {
      long last = word(length - 8);
      return mixed(word(0), Long.rotateRight(last + length, length)) ^ last;
    }
    if (length >= 4) {
      return mixed(length + (half(0) << 3), half(length - 4));
    }
    if (length > 0) {
      int start = octet(0) + (octet(length >> 1) << 8);
      int end = length + (octet(length - 1) << 2);
      return shifted(start * PRIME_2 ^ end * PRIME_3) * PRIME_2;
    }
    return PRIME_2;
  }

  private long upTo32() {
    int length = text.length;
    long a = word(0) * PRIME_1;
    long b = word(8);
    long c = word(length - 8) * PRIME_2;
    long d = word(length - 16) * PRIME_0;
    return mixed(
        Long.rotateRight(a - b, 43) + Long.rotateRight(c, 30) + d,
        a + Long.rotateRight(b ^ PRIME_3, 20) - c + length);
  }

  private long upTo64() {
    int length = text.length;
    long[] start = fourWords(0, word(0) + (length + word(length - 16)) * PRIME_0, word(24));
    long[] end = fourWords(length - 32, word(16) + word(length - 32), word(length - 8));
    long both = shifted((start[0] + end[1]) * PRIME_2 + (end[0] + start[1]) * PRIME_0);
    return shifted(both * PRIME_0 + start[1]) * PRIME_2;
  }

  /** Two numbers of the three words behind the one at {@code from}. */
  private long[] fourWords(int from, long first, long last) {
    long a = first;
    long b = Long.rotateRight(a + last, 52);
    long c = Long.rotateRight(a, 37);
    a += word(from + 8);
    c += Long.rotateRight(a, 7);
    a += word(from + 16);
    return new long[] {a + last, b + Long.rotateRight(a, 31) + c};
  }

  /** The end first, and then 64 bytes at a time. */
  private long blocks() {
    int length = text.length;
    x = word(0);
    y = word(length - 16) ^ PRIME_1;
    z = word(length - 56) ^ PRIME_0;
    weak(v, length - 64, length, y);
    weak(w, length - 32, length * PRIME_1, PRIME_0);
    z += shifted(v[1]) * PRIME_1;
    x = Long.rotateRight(z + x, 39) * PRIME_1;
    y = Long.rotateRight(y, 33) * PRIME_1;
    int end = (length - 1) & -BLOCK;
    for (int at = 0; at < end; at += BLOCK) {
      block(at);
    }
    return mixed(mixed(v[0], w[0]) + shifted(y) * PRIME_1 + z, mixed(v[1], w[1]) + x);
  }

  private void block(int at) {
    x = Long.rotateRight(x + y + v[0] + word(at + 16), 37) * PRIME_1;
    y = Long.rotateRight(y + v[1] + word(at + 48), 42) * PRIME_1;
    x ^= w[1];
    y ^= v[0];
    z = Long.rotateRight(z ^ w[0], 33);
    weak(v, at, v[1] * PRIME_1, x + w[0]);
    weak(w, at + 32, z + w[1], y);
    long swapped = z;
    z = x;
    x = swapped;
  }

  /** Mixes 32 bytes and two seeds into two numbers. */
  private void weak(long[] into, int at, long seedA, long seedB) {
    long a = seedA + word(at);
    long b = Long.rotateRight(seedB + a + word(at + 24), 21);
    long c = a;
    a += word(at + 8);
    a += word(at + 16);
    b += Long.rotateRight(a, 44);
    into[0] = a + word(at + 24);
    into[1] = b + c;
  }

  private static long mixed(long low, long high) {
    long a = (low ^ high) * MIXER;
    a ^= a >>> 47;
    long b = (high ^ a) * MIXER;
    b ^= b >>> 47;
    return b * MIXER;
  }

  private static long shifted(long value) {
    return value ^ (value >>> 47);
  }

  private long word(int at) {
    return (long) LONGS.get(text, at);
  }

  private long half(int at) {
    return Integer.toUnsignedLong((int) INTS.get(text, at));
  }

  private int octet(int at) {
    return text[at] & 0xff;
  }
}
