package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.pickle.Buildable;
import java.nio.ByteOrder;

/**
 * A NumPy dtype as a pickle makes it: {@code dtype('f8', False, True)}, then its state {@code (3,
 * '<', None, None, None, -1, -1, 0)} by BUILD, which gives the byte order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/arrays.interface.html">The array interface's
 *     type strings</a>
 */
public final class Dtype implements Buildable {

  /** What an item is, by the letter of NumPy's type string. */
  public enum Kind {
    BOOLEAN('b'),
    SIGNED('i'),
    UNSIGNED('u'),
    FLOAT('f'),
    UNICODE('U'),
    BYTES('S'),
    OBJECT('O');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(char letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      return null;
    }
  }

  private static final int MAX_TEXT_ITEM = 1 << 20;

  private final Kind kind;
  private final int itemSize;
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean built;

  private Dtype(Kind kind, int itemSize, String code) {
    this.kind = kind;
    this.itemSize = itemSize;
    this.code = code;
  }

  /**
   * {@code numpy.dtype(code, align, copy)}.
   *
   * @throws IllegalArgumentException if the arguments are not those of a dtype that is read here
   */
  static Dtype of(Object[] arguments) {
    if (arguments.length < 1 || arguments.length > 3 || !(arguments[0] instanceof String code)) {
      throw new IllegalArgumentException("numpy.dtype takes a type string such as 'f8'");
    }
    Kind kind = code.length() < 2 || code.length() > 8 ? null : Kind.of(code.charAt(0));
    if (kind == null || !code.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')) {
      throw unsupported(code);
    }
    int size = Integer.parseInt(code.substring(1));
    int itemSize =
        switch (kind) {
          case BOOLEAN -> require(code, size == 1, size);
          case SIGNED, UNSIGNED ->
              require(code, size == 1 || size == 2 || size == 4 || size == 8, size);
          case FLOAT -> require(code, size == 2 || size == 4 || size == 8, size);
          case UNICODE -> require(code, size <= MAX_TEXT_ITEM / 4, 4 * size);
          case BYTES -> require(code, size <= MAX_TEXT_ITEM, size);
          case OBJECT -> require(code, size == 8 || size == 4, 8);
        };
    return new Dtype(kind, itemSize, code);
  }

  private static int require(String code, boolean supported, int itemSize) {
    if (!supported) {
      throw unsupported(code);
    }
    return itemSize;
  }

  private static IllegalArgumentException unsupported(String code) {
    String shown = code.codePoints().allMatch(c -> c > 32 && c < 127) ? code : "?";
    return new IllegalArgumentException(
        "the NumPy dtype '"
            + (shown.length() > 16 ? shown.substring(0, 16) + ".." : shown)
            + "' is none of bool, int, uint, float16 to float64, str, bytes and object");
  }

  @Override
  public void build(Object state) {
    if (built) {
      throw new IllegalArgumentException("a dtype is given a state twice");
    }
    built = true;
    if (!(state instanceof Object[] items) || items.length < 8 || items.length > 9) {
      throw new IllegalArgumentException("the state of a dtype is a tuple of 8 or 9 items");
    }
    if (items[2] != null || items[3] != null || items[4] != null) {
      throw new IllegalArgumentException("structured dtypes are not read");
    }
    // Version 4 adds metadata, which means nothing for the numbers.
    if (!(items[0] instanceof Number version)
        || version.longValue() < 3
        || version.longValue() > 4) {
      throw new IllegalArgumentException("a dtype's state is of version 3 or 4");
    }
    order =
        switch (items[1]) {
          case String s when s.equals("<") || s.equals("|") || s.equals("=") ->
              ByteOrder.LITTLE_ENDIAN;
          case String s when s.equals(">") -> ByteOrder.BIG_ENDIAN;
          case null, default ->
              throw new IllegalArgumentException("a dtype's byte order is one of < > | =");
        };
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes per item; 8 for objects, which are not bytes. */
  public int itemSize() {
    return itemSize;
  }

  public ByteOrder order() {
    return order;
  }

  /** NumPy's type string, such as {@code f8}. */
  @Override
  public String toString() {
    return code;
  }
}
