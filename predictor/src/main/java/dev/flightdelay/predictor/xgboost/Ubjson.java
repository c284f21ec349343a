package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads UBJSON (draft 12) as XGBoost writes it: big-endian, with strongly typed arrays. Every
 * declared count is checked against the bytes that are left before anything is made of that size.
 *
 * <p>Values are Map, List (of anything but numbers), double[], float[], int[], long[] or byte[]
 * (unsigned), String, Long, Double, Boolean or null.
 */
final class Ubjson {

  private final ByteBuffer in;
  private final DocumentBudget budget;

  private final Set<String> skipped;

  private Ubjson(byte[] bytes, Set<String> skipped) {
    this.in = ByteBuffer.wrap(bytes);
    this.skipped = skipped;
    this.budget = new DocumentBudget(bytes.length);
  }

  /**
   * @param skipped the names of arrays that are left out
   * @throws ModelRefusedException if it is not one whole object
   */
  static Map<String, Object> read(byte[] bytes, Set<String> skipped) {
    // Numbers of one byte become ints.
    ReadingBudget.take((long) Integer.BYTES * bytes.length);
    Ubjson ubjson = new Ubjson(bytes, skipped);
    if (ubjson.marker() != '{') {
      throw ubjson.malformed("does not start with an object");
    }
    Map<String, Object> document = ubjson.object(1);
    if (ubjson.in.hasRemaining()) {
      throw ubjson.malformed("goes on after its end");
    }
    return document;
  }

  private Map<String, Object> object(int depth) {
    budget.container(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    for (char marker = marker(); marker != '}'; marker = marker()) {
      String name = text(marker);
      char type = marker();
      if (skipped.contains(name) && type == '[' && skippedTypedArray()) {
        continue;
      }
      Object value = value(type, depth);
      if (members.containsKey(name)) {
        throw malformed("has the same name twice in an object");
      }
      members.put(name, value);
    }
    return members;
  }

  /** Passes over an array of plain numbers; false, and nothing passed over, if it is no such. */
  private boolean skippedTypedArray() {
    int start = in.position();
    if (marker() != '$') {
      in.position(start);
      return false;
    }
    int size = itemSize(marker());
    int count = typedCount(size);
    in.position(in.position() + count * size);
    return true;
  }

  private Object value(char marker, int depth) {
    return switch (marker) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case 'S' -> text(marker());
      case 'Z' -> null;
      case 'T' -> true;
      case 'F' -> false;
      case 'd' -> (double) need(4).getFloat();
      case 'D' -> need(8).getDouble();
      case 'i', 'U', 'I', 'l', 'L' -> integer(marker);
      default -> throw malformed("has a value of an unknown type");
    };
  }

  private Object array(int depth) {
    budget.container(depth);
    char marker = marker();
    if (marker == '$') {
      return typedArray(marker());
    }
    UntypedArray items = new UntypedArray();
    if (marker == '#') {
      long count = integer(marker());
      if (count < 0 || count > in.remaining()) {
        throw tooLong(count);
      }
      for (long i = 0; i < count; i++) {
        items.add(value(marker(), depth));
      }
      return items.result();
    }
    for (; marker != ']'; marker = marker()) {
      items.add(value(marker, depth));
    }
    return items.result();
  }

  private Object typedArray(char type) {
    int size = itemSize(type);
    int count = typedCount(size);
    ByteBuffer data = in.slice(in.position(), count * size);
    in.position(in.position() + count * size);
    return switch (type) {
      case 'U' -> {
        byte[] items = new byte[count];
        data.get(items);
        yield items;
      }
      case 'i' -> {
        int[] items = new int[count];
        for (int i = 0; i < count; i++) {
          items[i] = data.get();
        }
        yield items;
      }
      case 'I' -> {
        int[] items = new int[count];
        for (int i = 0; i < count; i++) {
          items[i] = data.getShort();
        }
        yield items;
      }
      case 'l' -> {
        int[] items = new int[count];
        data.asIntBuffer().get(items);
        yield items;
      }
      case 'L' -> {
        long[] items = new long[count];
        data.asLongBuffer().get(items);
        yield items;
      }
      case 'd' -> {
        float[] items = new float[count];
        data.asFloatBuffer().get(items);
        yield items;
      }
      default -> {
        double[] items = new double[count];
        data.asDoubleBuffer().get(items);
        yield items;
      }
    };
  }

  private int itemSize(char type) {
    return switch (type) {
      case 'i', 'U' -> 1;
      case 'I' -> 2;
      case 'l', 'd' -> 4;
      case 'L', 'D' -> 8;
      default -> throw malformed("has an array of an unknown type");
    };
  }

  private int typedCount(int itemSize) {
    if (marker() != '#') {
      throw malformed("has a typed array without a count");
    }
    long count = integer(marker());
    if (count < 0 || count > in.remaining() / itemSize) {
      throw tooLong(count);
    }
    return (int) count;
  }

  private String text(char lengthMarker) {
    long length = integer(lengthMarker);
    if (length < 0 || length > in.remaining()) {
      throw tooLong(length);
    }
    byte[] utf8 = new byte[(int) length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private long integer(char marker) {
    return switch (marker) {
      case 'i' -> need(1).get();
      case 'U' -> need(1).get() & 0xff;
      case 'I' -> need(2).getShort();
      case 'l' -> need(4).getInt();
      case 'L' -> need(8).getLong();
      default -> throw malformed("has no integer where one is needed");
    };
  }

  private char marker() {
    return (char) (need(1).get() & 0xff);
  }

  private ByteBuffer need(int size) {
    if (in.remaining() < size) {
      throw new ModelRefusedException(
          Reason.MALFORMED,
          "the booster's UBJSON ends in the middle of a value; save the model again");
    }
    return in;
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        Reason.MALFORMED,
        "the booster's UBJSON %s, near its byte %d; save the model again"
            .formatted(what, in.position()));
  }

  private ModelRefusedException tooLong(long count) {
    return new ModelRefusedException(
        Reason.LENGTH_EXCEEDED,
        "the booster's UBJSON declares %d items at its byte %d, where %d bytes are left"
            .formatted(count, in.position(), in.remaining()));
  }
}
