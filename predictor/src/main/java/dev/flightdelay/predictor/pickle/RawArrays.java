package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.Symbol.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a file the items of arrays lie that joblib writes behind a wrapper's BUILD: what the
 * verifier must know of a wrapper's state to pass over exactly its items, and what it found. Makes
 * no objects: a shape is its product, and a dtype is its size.
 *
 * @see <a href="https://github.com/joblib/joblib/blob/main/joblib/numpy_pickle.py">joblib's
 *     NumpyArrayWrapper.write_array</a>
 */
final class RawArrays {

  /**
   * Items of an array.
   *
   * @param build where the BUILD of the wrapper is
   * @param from where the items begin, or the pickle that holds them
   * @param to where they end
   * @param pickled whether it is a pickle, as for objects
   */
  record Items(int build, int from, int to, boolean pickled) {}

  /** What is noted of a container that no array needs. */
  private static final long UNKNOWN = ObjectGraph.NO_NOTE;

  /** What is noted of a dtype whose items are no bytes. */
  private static final long OBJECTS = -2;

  /** What is noted of an instance that stands for an array. */
  static final long WRAPPER = -3;

  private static final GlobalName DTYPE = new GlobalName("numpy", "dtype");
  private static final int MAX_ALIGNMENT = 255;
  private static final byte[] SHAPE = ascii("shape");
  private static final byte[] ITEM_TYPE = ascii("dtype");
  private static final byte[] ALIGNMENT = ascii("numpy_array_alignment_bytes");

  private static final class State {
    private long count = UNKNOWN;
    private long itemSize = UNKNOWN;
    private long alignment;
  }

  private final byte[] file;
  private final Map<Integer, State> states = new HashMap<>();
  private final List<Items> found = new ArrayList<>();

  RawArrays(byte[] file) {
    this.file = file;
  }

  /**
   * How many items an array has whose shape is one more dimension; {@link #UNKNOWN} where that is
   * no small integer. A tuple is noted as what this makes of its items, or as the text it begins
   * with.
   */
  static long times(long count, long dimension) {
    if (Symbol.kind(dimension) != Kind.INTEGER || count == UNKNOWN) {
      return UNKNOWN;
    }
    long value = Symbol.integer(dimension);
    // Both have at most 30 bits.
    return value < 0 || count * value > Symbol.MAX_FILE_BYTES ? UNKNOWN : count * value;
  }

  /**
   * What a function's result is to be noted as: the size of the dtype that it makes.
   *
   * @param arguments what is noted of its arguments
   */
  long resultOf(GlobalName function, long arguments) {
    if (!function.equals(DTYPE) || arguments < 0 || Symbol.kind(arguments) != Kind.TEXT) {
      return UNKNOWN;
    }
    int from = Symbol.number(arguments);
    int length = Symbol.length(arguments);
    if (length < 2 || length > 8) {
      return UNKNOWN;
    }
    long size = 0;
    for (int i = from + 1; i < from + length; i++) {
      if (file[i] < '0' || file[i] > '9') {
        return UNKNOWN;
      }
      size = 10 * size + file[i] - '0';
    }
    return switch (file[from]) {
      case 'O' -> OBJECTS;
      case 'U' -> 4 * size;
      default -> size;
    };
  }

  /** Looks at what a dictionary is given: it may be the state of a wrapper. */
  void put(ObjectGraph graph, long dictionary, long key, long value) {
    if (Symbol.kind(dictionary) != Kind.DICTIONARY || Symbol.kind(key) != Kind.TEXT) {
      return;
    }
    if (isText(key, SHAPE)) {
      state(dictionary).count =
          Symbol.kind(value) == Kind.TUPLE ? count(graph.note(value)) : UNKNOWN;
    } else if (isText(key, ITEM_TYPE)) {
      state(dictionary).itemSize =
          Symbol.kind(value) == Kind.RESULT || Symbol.kind(value) == Kind.INSTANCE
              ? graph.note(value)
              : UNKNOWN;
    } else if (isText(key, ALIGNMENT)) {
      state(dictionary).alignment =
          switch (Symbol.kind(value)) {
            case NONE -> 0;
            case INTEGER -> Symbol.integer(value);
            default -> UNKNOWN;
          };
    }
  }

  private static long count(long note) {
    return note <= Symbol.MAX_FILE_BYTES ? note : UNKNOWN;
  }

  private State state(long dictionary) {
    return states.computeIfAbsent(Symbol.number(dictionary), _ -> new State());
  }

  private boolean isText(long symbol, byte[] text) {
    int from = Symbol.number(symbol);
    return Symbol.length(symbol) == text.length
        && Arrays.equals(file, from, from + text.length, text, 0, text.length);
  }

  /** Whether the items of a wrapper of that state are a pickle of its own. */
  boolean arePickled(long state, int build) {
    return require(state, build).itemSize == OBJECTS;
  }

  private State require(long symbol, int build) {
    State state = Symbol.kind(symbol) == Kind.DICTIONARY ? states.get(Symbol.number(symbol)) : null;
    if (state == null
        || state.count == UNKNOWN
        || state.itemSize == UNKNOWN
        || state.itemSize == WRAPPER) {
      throw new ModelRefusedException(
          Reason.STATE_INVALID,
          build,
          "an array of joblib does not say how many bytes it has, or has more than any file");
    }
    if (state.alignment < 0 || state.alignment > MAX_ALIGNMENT) {
      throw new ModelRefusedException(
          Reason.STATE_INVALID, build, "an array of joblib is aligned to no number of bytes");
    }
    return state;
  }

  /**
   * Finds the items that are not a pickle; gives the position behind them.
   *
   * @param position the position behind the wrapper's BUILD
   */
  int find(long symbol, int build, int position) {
    State state = require(symbol, build);
    int from = position + padding((int) state.alignment, build, position);
    long length = state.count * state.itemSize;
    if (length > file.length - from) {
      throw new ModelRefusedException(
          Reason.LENGTH_EXCEEDED,
          build,
          "an array of joblib has %d bytes, but the file has only %d more"
              .formatted(length, file.length - from));
    }
    int to = from + (int) length;
    found.add(new Items(build, from, to, false));
    return to;
  }

  /** One byte that counts the others, and those, so that the items begin at a round position. */
  private int padding(int alignment, int build, int position) {
    if (alignment == 0) {
      return 0;
    }
    int padding = alignment - (position + 1) % alignment;
    if (padding > file.length - position - 1) {
      throw new ModelRefusedException(
          Reason.LENGTH_EXCEEDED, build, "the file ends inside the padding of an array of joblib");
    }
    boolean sound = (file[position] & 0xff) == padding;
    for (int i = 1; i <= padding; i++) {
      sound &= file[position + i] == (byte) 0xff;
    }
    if (!sound) {
      throw new ModelRefusedException(
          Reason.MALFORMED,
          position,
          "the padding of an array of joblib is not what joblib writes at that place: the file is damaged, or was changed");
    }
    return 1 + padding;
  }

  /** Notes a pickle that was found sound. */
  void addPickled(int build, int from, int to) {
    found.add(new Items(build, from, to, true));
  }

  /** All items, in the order of the file. */
  List<Items> found() {
    return found;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
