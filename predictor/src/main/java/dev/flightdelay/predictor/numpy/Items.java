package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.pickle.FileSlice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads items of a dtype out of raw bytes. */
final class Items {

  private static final VarHandle[] SHORT = views(short[].class);
  private static final VarHandle[] INT = views(int[].class);
  private static final VarHandle[] LONG = views(long[].class);

  private final Dtype dtype;
  private final byte[] bytes;
  private final int endian;
  private final int first;
  private final int step;

  Items(Dtype dtype, FileSlice slice) {
    this(dtype, slice, 0, dtype.itemSize());
  }

  /** Items that stand {@code step} bytes apart, from {@code first} on. */
  Items(Dtype dtype, FileSlice slice, int first, int step) {
    this.dtype = dtype;
    this.bytes = slice.file();
    this.first = slice.from() + first;
    this.step = step;
    this.endian = dtype.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
  }

  private static VarHandle[] views(Class<?> type) {
    return new VarHandle[] {
      MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN),
      MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN)
    };
  }

  /** Pickles before protocol 3 have no bytes: there they are a text of characters below 256. */
  static FileSlice raw(Object data) {
    return switch (data) {
      case FileSlice raw -> raw;
      case byte[] raw -> new FileSlice(raw, 0, raw.length);
      case String text when text.chars().allMatch(c -> c < 256) ->
          raw(text.getBytes(StandardCharsets.ISO_8859_1));
      case null, default -> throw new IllegalArgumentException("an array's data are bytes");
    };
  }

  /** Item {@code i} as a double; uint64 above 2^63 is rounded as NumPy does. */
  double real(int i) {
    int at = first + i * step;
    if (dtype.kind() == Dtype.Kind.FLOAT) {
      return switch (dtype.itemSize()) {
        case 2 -> Float.float16ToFloat((short) SHORT[endian].get(bytes, at));
        case 4 -> Float.intBitsToFloat((int) INT[endian].get(bytes, at));
        default -> Double.longBitsToDouble((long) LONG[endian].get(bytes, at));
      };
    }
    long value = integer(i);
    return dtype.kind() == Dtype.Kind.UNSIGNED && value < 0
        ? (double) (value >>> 1 | value & 1) * 2.0
        : value;
  }

  /** Item {@code i} of an integer or boolean dtype. */
  long integer(int i) {
    int at = first + i * step;
    boolean signed = dtype.kind() == Dtype.Kind.SIGNED;
    return switch (dtype.itemSize()) {
      case 1 -> signed ? bytes[at] : bytes[at] & 0xff;
      case 2 -> {
        short value = (short) SHORT[endian].get(bytes, at);
        yield signed ? value : value & 0xffff;
      }
      case 4 -> {
        int value = (int) INT[endian].get(bytes, at);
        yield signed ? value : value & 0xffffffffL;
      }
      default -> (long) LONG[endian].get(bytes, at);
    };
  }

  /**
   * Item {@code i} of a str or bytes dtype, without the padding.
   *
   * @throws IllegalArgumentException if it holds something that is not a character
   */
  String text(int i) {
    int at = first + i * step;
    if (dtype.kind() == Dtype.Kind.BYTES) {
      int end = at + dtype.itemSize();
      while (end > at && bytes[end - 1] == 0) {
        end--;
      }
      return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    }
    int characters = dtype.itemSize() / 4;
    while (characters > 0 && (int) INT[endian].get(bytes, at + 4 * (characters - 1)) == 0) {
      characters--;
    }
    StringBuilder text = new StringBuilder(characters);
    for (int c = 0; c < characters; c++) {
      int codePoint = (int) INT[endian].get(bytes, at + 4 * c);
      if (!Character.isValidCodePoint(codePoint)
          || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException("a text in a NumPy array holds no character");
      }
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }

  /** Item {@code i} as Long, Double, Boolean or String. */
  Object value(int i) {
    return switch (dtype.kind()) {
      case BOOLEAN -> integer(i) != 0;
      case SIGNED, UNSIGNED -> integer(i);
      case FLOAT -> real(i);
      case UNICODE, BYTES -> text(i);
      case TIME, SPAN -> throw new IllegalArgumentException("an item is a time");
      case OBJECT -> throw new IllegalStateException("objects are not in the bytes");
      case STRUCTURE -> throw new IllegalArgumentException("an item is several columns");
    };
  }
}
