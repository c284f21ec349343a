package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowBuffer;
import dev.flightdelay.predictor.dialect.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * Reads tensors' data from the bytes behind a request's JSON, one after the other: Triton's binary
 * tensor data extension. Nothing is read or allocated before its size is known to be there.
 */
final class BinaryTensors {

  private static final VarHandle SHORT = littleEndian(short[].class);
  private static final VarHandle INT = littleEndian(int[].class);
  private static final VarHandle LONG = littleEndian(long[].class);
  private static final VarHandle FLOAT = littleEndian(float[].class);

  private static final int LENGTH_BYTES = 4;
  private static final int MAX_TEXT_BYTES = 4 * 8192;
  private static final double[] NO_NUMBERS = {};

  private final byte[] bytes;
  private final int end;
  private final int maxRows;
  private final int maxNumbers;
  private int at;
  private long numbersLeft;

  /**
   * @param maxNumbers how many values all tensors together may have
   */
  BinaryTensors(byte[] bytes, int from, int to, int maxRows, int maxNumbers) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.maxRows = maxRows;
    this.maxNumbers = maxNumbers;
    this.numbersLeft = maxNumbers;
  }

  private static VarHandle littleEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads the next tensor.
   *
   * @param size how many bytes the request says that it has
   */
  Tensor next(String name, TensorType type, long[] shape, long size) {
    int count = check(name, type, shape, size);
    numbersLeft -= count;
    int next = at + (int) size;
    Tensor tensor =
        type == TensorType.BYTES
            ? texts(name, shape, count, next)
            : numbers(name, type, shape, count);
    at = next;
    return tensor;
  }

  /** Checks that all bytes were some tensor's. */
  void end() {
    if (at < end) {
      throw new RefusedRequestException(
          400, "the body has %d bytes behind the data of its inputs".formatted(end - at));
    }
  }

  private int check(String name, TensorType type, long[] shape, long size) {
    long count = Tensor.size(shape);
    if (shape[0] > maxRows) {
      throw RowBuffer.tooManyRows(maxRows);
    }
    if (count > numbersLeft) {
      throw new RefusedRequestException(
          413, "one request may have at most " + maxNumbers + " numbers; send the rest in another");
    }
    long least = count * (type == TensorType.BYTES ? LENGTH_BYTES : type.bytes());
    if (type == TensorType.BYTES ? size < least : size != least) {
      throw new RefusedRequestException(
          400,
          "input %s has the shape %s, which is %d bytes%s of %s, but its binary_data_size is %d"
              .formatted(
                  Quoted.text(name),
                  Tensor.shown(shape),
                  least,
                  type == TensorType.BYTES ? " or more" : "",
                  type,
                  size));
    }
    if (size > end - at) {
      throw new RefusedRequestException(
          400,
          "input %s has the binary_data_size %d, but only %d bytes are left in the body"
              .formatted(Quoted.text(name), size, end - at));
    }
    return (int) count;
  }

  private Tensor numbers(String name, TensorType type, long[] shape, int count) {
    double[] numbers = count == 0 ? NO_NUMBERS : new double[count];
    read(type, numbers);
    int firstMissing = -1;
    if (type.isReal()) {
      for (int i = 0; i < count; i++) {
        if (!(Math.abs(numbers[i]) <= Double.MAX_VALUE)) {
          if (!Double.isNaN(numbers[i])) {
            throw Tensor.refused(name, shape, i, "is infinite");
          }
          firstMissing = firstMissing < 0 ? i : firstMissing;
        }
      }
    } else if (type == TensorType.BOOL) {
      for (int i = 0; i < count; i++) {
        if (!type.holds(numbers[i])) {
          throw Tensor.refused(name, shape, i, "is no value of BOOL");
        }
      }
    }
    return new Tensor(name, type, shape, numbers, null, firstMissing);
  }

  private void read(TensorType type, double[] into) {
    int i = at;
    switch (type) {
      case FP64 ->
          ByteBuffer.wrap(bytes, at, end - at)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asDoubleBuffer()
              .get(into);
      case FP32 -> {
        for (int k = 0; k < into.length; k++, i += Float.BYTES) {
          into[k] = (float) FLOAT.get(bytes, i);
        }
      }
      case FP16 -> {
        for (int k = 0; k < into.length; k++, i += Short.BYTES) {
          into[k] = Float.float16ToFloat((short) SHORT.get(bytes, i));
        }
      }
      case INT64 -> {
        for (int k = 0; k < into.length; k++, i += Long.BYTES) {
          into[k] = (long) LONG.get(bytes, i);
        }
      }
      case UINT64 -> {
        for (int k = 0; k < into.length; k++, i += Long.BYTES) {
          into[k] = unsigned((long) LONG.get(bytes, i));
        }
      }
      case INT32 -> {
        for (int k = 0; k < into.length; k++, i += Integer.BYTES) {
          into[k] = (int) INT.get(bytes, i);
        }
      }
      case UINT32 -> {
        for (int k = 0; k < into.length; k++, i += Integer.BYTES) {
          into[k] = Integer.toUnsignedLong((int) INT.get(bytes, i));
        }
      }
      case INT16 -> {
        for (int k = 0; k < into.length; k++, i += Short.BYTES) {
          into[k] = (short) SHORT.get(bytes, i);
        }
      }
      case UINT16 -> {
        for (int k = 0; k < into.length; k++, i += Short.BYTES) {
          into[k] = Short.toUnsignedInt((short) SHORT.get(bytes, i));
        }
      }
      case INT8 -> {
        for (int k = 0; k < into.length; k++) {
          into[k] = bytes[i++];
        }
      }
      case UINT8, BOOL -> {
        for (int k = 0; k < into.length; k++) {
          into[k] = bytes[i++] & 0xff;
        }
      }
      case BYTES -> throw new IllegalArgumentException("strings are no numbers");
    }
  }

  /** The nearest double, ties to even: half of it is, with the bit that is lost kept as sticky. */
  private static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
  }

  private Tensor texts(String name, long[] shape, int count, int next) {
    String[] texts = new String[count];
    int i = at;
    for (int k = 0; k < count; k++) {
      if (next - i < LENGTH_BYTES) {
        throw Tensor.refused(name, shape, k, "is not there: its binary data ends before it");
      }
      long length = Integer.toUnsignedLong((int) INT.get(bytes, i));
      i += LENGTH_BYTES;
      if (length > next - i) {
        throw Tensor.refused(
            name, shape, k, "is %d bytes long, but %d are left".formatted(length, next - i));
      }
      if (length > MAX_TEXT_BYTES) {
        throw Tensor.refused(
            name, shape, k, "is longer than a text may be: %d bytes".formatted(MAX_TEXT_BYTES));
      }
      try {
        texts[k] = Utf8.text(bytes, i, i + (int) length);
      } catch (CharacterCodingException notUtf8) {
        throw Tensor.refused(name, shape, k, "is no text in UTF-8");
      }
      i += (int) length;
    }
    if (i < next) {
      throw new RefusedRequestException(
          400,
          "input %s has %d bytes behind its last string".formatted(Quoted.text(name), next - i));
    }
    return new Tensor(name, TensorType.BYTES, shape, new double[count], texts, -1);
  }
}
