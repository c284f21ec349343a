package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.pickle.Buildable;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    OBJECT('O'),
    /** A point in time, which no model is made of. */
    TIME('M'),
    /** A span of time, which no model is made of. */
    SPAN('m'),
    /** Several columns of other kinds, side by side in each item. */
    STRUCTURE('V');

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

  /** A column of a structured dtype, and where in each item it stands. */
  record Column(Dtype dtype, int offset) {}

  private static final int MAX_TEXT_ITEM = 1 << 20;
  private static final int MAX_STRUCTURE = 1 << 16;

  /** What a state says of a dtype whose type string says all. */
  private static final long SIZE_OF_ITS_TYPE = -1;

  private final Kind kind;
  private final int itemSize;
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean built;
  private Map<String, Column> columns = Map.of();

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
          case TIME, SPAN -> require(code, size == 8, size);
          case STRUCTURE -> require(code, size >= 1 && size <= MAX_STRUCTURE, size);
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
            + "' is none of bool, int, uint, float16 to float64, str, bytes, object and structures"
            + " of these");
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
    if (items[2] != null) {
      throw new IllegalArgumentException("dtypes of arrays in arrays are not read");
    }
    requireSize(items[5]);
    if (kind == Kind.STRUCTURE) {
      columns = columns(items[3], items[4]);
    } else if (items[3] != null || items[4] != null) {
      throw new IllegalArgumentException("the dtype '" + code + "' has no columns");
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

  /**
   * Checks the size that the state gives again, which NumPy takes in place of the type string's
   * where items can be of any size, and ignores elsewhere.
   */
  private void requireSize(Object given) {
    boolean anySize = kind == Kind.STRUCTURE || kind == Kind.UNICODE || kind == Kind.BYTES;
    if (!(given instanceof Long size)
        || size != itemSize && (anySize || size != SIZE_OF_ITS_TYPE)) {
      throw new IllegalArgumentException(
          "the dtype '%s' is given a state of another size".formatted(code));
    }
  }

  /**
   * The columns of a structured dtype: names in their order, and for each a tuple of its dtype, its
   * offset and maybe a title.
   */
  private Map<String, Column> columns(Object names, Object fields) {
    if (!(names instanceof Object[] order) || !(fields instanceof Map<?, ?> byName)) {
      throw new IllegalArgumentException(
          "the structured dtype '" + code + "' has no names and fields");
    }
    if (byName.size() != order.length) {
      throw new IllegalArgumentException(
          "the structured dtype '%s' has %d names and %d fields"
              .formatted(code, order.length, byName.size()));
    }
    Map<String, Column> read = new LinkedHashMap<>();
    for (Object name : order) {
      if (!(name instanceof String text)
          || !(byName.get(name) instanceof Object[] field)
          || field.length < 2
          || field.length > 3
          || !(field[0] instanceof Dtype type)
          || !(field[1] instanceof Long offset)) {
        throw new IllegalArgumentException("a column of a structured dtype is (dtype, offset)");
      }
      if (type.kind == Kind.STRUCTURE || type.kind == Kind.OBJECT) {
        throw new IllegalArgumentException("a column of a structured dtype is no plain dtype");
      }
      if (offset < 0 || offset > itemSize - type.itemSize) {
        throw new IllegalArgumentException(
            "the column '%s' of a structured dtype lies outside of it".formatted(text));
      }
      if (read.put(text, new Column(type, offset.intValue())) != null) {
        throw new IllegalArgumentException("a structured dtype has a column twice");
      }
    }
    requireApart(read);
    return read;
  }

  private static void requireApart(Map<String, Column> columns) {
    List<Column> inOrder = new ArrayList<>(columns.values());
    inOrder.sort(Comparator.comparingInt(Column::offset));
    for (int i = 1; i < inOrder.size(); i++) {
      Column before = inOrder.get(i - 1);
      if (before.offset + before.dtype.itemSize > inOrder.get(i).offset) {
        throw new IllegalArgumentException("columns of a structured dtype overlap");
      }
    }
  }

  /** The columns of a structured dtype by name; of others there are none. */
  Map<String, Column> columns() {
    return columns;
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
