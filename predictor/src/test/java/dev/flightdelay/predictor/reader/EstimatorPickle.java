package dev.flightdelay.predictor.reader;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a pickled estimator of protocol 4 with any attributes, sound or not. */
public final class EstimatorPickle {

  /** What stands in a pickle for an array of objects with one dimension. */
  public record Objects(List<?> items) {}

  /** What stands in a pickle for an array: its pieces need not agree. */
  public record Array(String dtype, long[] shape, byte[] data) {

    public static Array of(long[] shape, double... numbers) {
      ByteBuffer data = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
      for (double number : numbers) {
        data.putDouble(number);
      }
      return new Array("f8", shape, data.array());
    }

    public static Array of(long... numbers) {
      ByteBuffer data = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
      for (long number : numbers) {
        data.putLong(number);
      }
      return new Array("i8", new long[] {numbers.length}, data.array());
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final String module;
  private final String name;

  private EstimatorPickle(String module, String name) {
    this.module = module;
    this.name = name;
  }

  public static EstimatorPickle of(String module, String name) {
    return new EstimatorPickle(module, name);
  }

  /** A sound LogisticRegression of two features. */
  public static EstimatorPickle logisticRegression() {
    return of("sklearn.linear_model._logistic", "LogisticRegression")
        .with("classes_", Array.of(0, 1))
        .with("coef_", Array.of(new long[] {1, 2}, 0.5, -0.25))
        .with("intercept_", Array.of(new long[] {1}, 0.125));
  }

  /** The class's name without its module. */
  public String estimator() {
    return name;
  }

  public EstimatorPickle with(String attribute, Object value) {
    attributes.put(attribute, value);
    return this;
  }

  public EstimatorPickle without(String attribute) {
    attributes.remove(attribute);
    return this;
  }

  public byte[] bytes() {
    out.writeBytes(new byte[] {(byte) 0x80, 4});
    object(this);
    out.write('.');
    return out.toByteArray();
  }

  private void object(EstimatorPickle object) {
    global(object.module, object.name);
    out.writeBytes(new byte[] {')', (byte) 0x81});
    write(object.attributes);
    out.write('b');
  }

  private void write(Object value) {
    switch (value) {
      case null -> out.write('N');
      case Boolean flag -> out.write(flag ? 0x88 : 0x89);
      case Integer number -> write((long) number);
      case Long number -> {
        out.write(0x8a);
        out.write(8);
        out.writeBytes(
            ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
      }
      case Double number -> {
        out.write('G');
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
      }
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 256) {
          out.write(0x8c);
          out.write(utf8.length);
        } else {
          out.write('X');
          out.writeBytes(
              ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length).array());
        }
        out.writeBytes(utf8);
      }
      case byte[] bytes -> {
        out.write('B');
        out.writeBytes(
            ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
        out.writeBytes(bytes);
      }
      case Object[] items -> {
        out.write('(');
        for (Object item : items) {
          write(item);
        }
        out.write('t');
      }
      case List<?> items -> {
        out.writeBytes(new byte[] {']', '('});
        items.forEach(this::write);
        out.write('e');
      }
      case Map<?, ?> map -> {
        out.writeBytes(new byte[] {'}', '('});
        map.forEach(
            (key, item) -> {
              write(key);
              write(item);
            });
        out.write('u');
      }
      case EstimatorPickle object -> object(object);
      case Array array -> array(array.dtype(), array.shape(), array.data());
      case Objects array -> array("O8", new long[] {array.items().size()}, array.items());
      default -> throw new IllegalArgumentException(value.getClass().toString());
    }
  }

  private void array(String dtype, long[] dimensions, Object data) {
    global("numpy.core.multiarray", "_reconstruct");
    global("numpy", "ndarray");
    write(new Object[] {0});
    write(new byte[] {'b'});
    out.writeBytes(new byte[] {(byte) 0x87, 'R', '('});
    write(1);
    Object[] shape = new Object[dimensions.length];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = dimensions[d];
    }
    write(shape);
    global("numpy", "dtype");
    write(new Object[] {dtype, false, true});
    out.write('R');
    write(new Object[] {3, "<", null, null, null, itemSize(dtype), -1, 0});
    out.write('b');
    write(false);
    write(data);
    out.writeBytes(new byte[] {'t', 'b'});
  }

  /** As NumPy states it: only where items can be of any size. */
  private static int itemSize(String dtype) {
    return switch (dtype.charAt(0)) {
      case 'U' -> 4 * Integer.parseInt(dtype.substring(1));
      case 'S', 'V' -> Integer.parseInt(dtype.substring(1));
      default -> -1;
    };
  }

  private void global(String globalModule, String globalName) {
    write(globalModule);
    write(globalName);
    out.write(0x93);
  }
}
