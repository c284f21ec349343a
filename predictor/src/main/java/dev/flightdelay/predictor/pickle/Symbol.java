package dev.flightdelay.predictor.pickle;

/**
 * A value on the verifier's stack, packed into a long so that a million of them need 8 MB: its kind
 * (4 bits), and for a text or bytes where in the file they lie (length and position, 30 bits each),
 * for a container its number in the graph, for a small integer its value, for a global its number
 * in the list of those named.
 */
final class Symbol {

  enum Kind {
    /** The long 0, which is no value. */
    UNSET("nothing"),
    NONE("None"),
    BOOLEAN("a boolean"),
    INTEGER("an integer"),
    FLOAT("a float"),
    TEXT("a text"),
    /** A text of the text protocols, with escapes, or of Python 2. */
    OLD_TEXT("a text"),
    BYTES("bytes"),
    TUPLE("a tuple"),
    LIST("a list"),
    DICTIONARY("a dictionary"),
    /** Only ever of texts. */
    SET("a set"),
    GLOBAL("a global"),
    /** What an allowed function gave. */
    RESULT("what a function gave"),
    /** An instance of an allowed class. */
    INSTANCE("an instance");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    boolean isContainer() {
      return switch (this) {
        case TUPLE, LIST, DICTIONARY, SET, RESULT, INSTANCE -> true;
        case UNSET, NONE, BOOLEAN, INTEGER, FLOAT, TEXT, OLD_TEXT, BYTES, GLOBAL -> false;
      };
    }

    @Override
    public String toString() {
      return description;
    }
  }

  /** No file above this is read: positions have 30 bits. */
  static final int MAX_FILE_BYTES = (1 << 30) - 1;

  private static final Kind[] KINDS = Kind.values();
  private static final int BITS = 30;
  private static final long LOW = (1L << BITS) - 1;

  private Symbol() {}

  /** A value without content of its own. */
  static long of(Kind kind) {
    return (long) kind.ordinal() << 2 * BITS;
  }

  /** A container or a global by its number. */
  static long of(Kind kind, int number) {
    return of(kind) | number;
  }

  /** A text or bytes. */
  static long of(Kind kind, int from, int to) {
    return of(kind) | (long) (to - from) << BITS | from;
  }

  /** An integer, with its value where that is from 0 to {@link #MAX_FILE_BYTES} - 1. */
  static long ofInteger(long value) {
    return of(Kind.INTEGER) | (value >= 0 && value < MAX_FILE_BYTES ? value + 1 : 0);
  }

  /** An integer's value; -1 where it is not kept. */
  static long integer(long symbol) {
    return (symbol & LOW) - 1;
  }

  static Kind kind(long symbol) {
    return KINDS[(int) (symbol >>> 2 * BITS)];
  }

  /** The number of a container or global; where a text or bytes begin. */
  static int number(long symbol) {
    return (int) (symbol & LOW);
  }

  /** The length of a text or bytes; 0 for other values. */
  static int length(long symbol) {
    return (int) (symbol >>> BITS & LOW);
  }
}
