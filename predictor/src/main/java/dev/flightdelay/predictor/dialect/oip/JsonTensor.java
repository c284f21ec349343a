package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.UnknownMembers;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads a tensor from JSON in one pass: its members come in any order, so that what the data must
 * be is checked when all of them are there.
 */
final class JsonTensor {

  private static final int MAX_DIMENSIONS = 2;
  private static final BigDecimal LEAST_SIGNED = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_SIGNED = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal GREATEST_UNSIGNED =
      GREATEST_SIGNED.add(GREATEST_SIGNED).add(BigDecimal.ONE);

  private final int maxNumbers;
  private String name;
  private TensorType type;
  private long[] shape;
  private double[] numbers;
  private int count;
  private List<String> texts;
  private int firstNull = -1;
  private int firstBoolean = -1;
  private int firstNumber = -1;
  private int firstBeyondSigned = -1;
  private int firstBeyondUnsigned = -1;
  private int rowLength = -1;
  private int lists;

  private JsonTensor(int maxNumbers) {
    this.maxNumbers = maxNumbers;
  }

  /**
   * Reads a tensor.
   *
   * @param maxNumbers how many numbers it may have
   * @param bytes how many bytes there are, from which the number of numbers is guessed
   * @param binary where binary data is; null where the body is nothing but JSON
   */
  static Tensor read(JsonReader json, int maxNumbers, int bytes, BinaryTensors binary) {
    JsonTensor tensor = new JsonTensor(maxNumbers);
    Parameters parameters = null;
    boolean hasData = false;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String member = json.nextName(); member != null; member = json.nextName()) {
      switch (member) {
        case "name" -> {
          once(tensor.name == null, json, member);
          tensor.name = json.string();
        }
        case "datatype" -> {
          once(tensor.type == null, json, member);
          tensor.type = TensorType.named(json.string());
        }
        case "shape" -> {
          once(tensor.shape == null, json, member);
          tensor.shape = shape(json);
        }
        case "data" -> {
          once(!hasData, json, member);
          hasData = true;
          if (!json.nextNull()) {
            tensor.numbers = new double[Math.min(maxNumbers, bytes / 2 + 1)];
            tensor.data(json);
          }
        }
        case "parameters" -> {
          once(parameters == null, json, member);
          parameters = JsonParameters.read(Parameters.Owner.INPUT, json);
        }
        default -> unknown.skip(json, member);
      }
    }
    return tensor.with(parameters == null ? Parameters.NONE : parameters, binary, unknown);
  }

  private Tensor with(Parameters parameters, BinaryTensors binary, UnknownMembers unknown) {
    boolean isBinary = parameters.binarySize() >= 0;
    if (name == null || type == null || shape == null || !isBinary && numbers == null) {
      throw new RefusedRequestException(
          400,
          "an input has no "
              + (name == null
                  ? "name"
                  : type == null ? "datatype" : shape == null ? "shape" : "data")
              + "; it needs name, datatype, shape and data"
              + (unknown.first() == null ? "" : ", not " + Quoted.text(unknown.first())));
    }
    if (isBinary && numbers != null) {
      throw new RefusedRequestException(
          400, "input " + Quoted.text(name) + " has data and a binary_data_size; send one of them");
    }
    if (isBinary && binary == null) {
      throw new RefusedRequestException(
          400,
          "the parameter binary_data_size needs the header Inference-Header-Content-Length, which"
              + " says where the JSON ends");
    }
    Tensor tensor = isBinary ? binary.next(name, type, shape, parameters.binarySize()) : checked();
    return parameters.base64() ? tensor.fromBase64() : tensor;
  }

  private static void once(boolean first, JsonReader json, String member) {
    if (!first) {
      throw json.twice(member);
    }
  }

  private static long[] shape(JsonReader json) {
    long[] shape = new long[MAX_DIMENSIONS];
    int dimensions = 0;
    json.beginArray();
    while (json.nextElement()) {
      double size = json.number();
      if (dimensions == MAX_DIMENSIONS || size < 0 || size > 1e9 || size != Math.rint(size)) {
        throw new RefusedRequestException(
            400, "an input's shape must be one or two sizes, such as [2,37]");
      }
      shape[dimensions++] = (long) size;
    }
    if (dimensions == 0) {
      throw new RefusedRequestException(
          400, "an input's shape must be one or two sizes, such as [2,37]");
    }
    return Arrays.copyOf(shape, dimensions);
  }

  private void data(JsonReader json) {
    json.beginArray();
    boolean flat = false;
    while (json.nextElement()) {
      if (json.peek() != JsonReader.Token.ARRAY) {
        flat = true;
        element(json);
        continue;
      }
      if (flat) {
        throw json.expected("a number: the data is flat");
      }
      int before = count;
      json.beginArray();
      while (json.nextElement()) {
        element(json);
      }
      int length = count - before;
      if (rowLength >= 0 && length != rowLength) {
        throw new UnusableRowsException(
            "row %d has %d values; row 0 has %d".formatted(lists, length, rowLength));
      }
      rowLength = length;
      lists++;
    }
    if (flat && rowLength >= 0) {
      throw new RefusedRequestException(400, "an input's data is neither flat nor nested");
    }
  }

  private void element(JsonReader json) {
    switch (json.peek()) {
      case NUMBER -> {
        if (firstNumber < 0) {
          firstNumber = count;
        }
        int start = json.position();
        double number = json.number();
        if (Math.abs(number) >= 0x1p63 && Math.abs(number) <= 0x1p64) {
          checkWhole(json.decimal(start));
        }
        add(number);
      }
      case TRUE, FALSE -> {
        if (firstBoolean < 0) {
          firstBoolean = count;
        }
        add(json.bool() ? 1 : 0);
      }
      case NULL -> {
        json.nul();
        if (firstNull < 0) {
          firstNull = count;
        }
        if (texts != null) {
          texts.add(null);
        }
        add(Double.NaN);
      }
      case STRING -> {
        if (texts == null) {
          // What came before may be missing texts.
          boolean onlyNulls = firstNumber < 0 && firstBoolean < 0;
          texts = new ArrayList<>(onlyNulls ? Collections.nCopies(count, null) : List.of());
        }
        if (texts.size() < count) {
          throw json.expected("a number");
        }
        texts.add(json.string());
        add(0);
      }
      case OBJECT, ARRAY, OTHER ->
          throw new UnusableRowsException(
              "element %d of an input's data is %s; it must be a number"
                  .formatted(count, json.found()));
    }
  }

  /** A double cannot tell the greatest value of a type of 64 bits from the next. */
  private void checkWhole(BigDecimal number) {
    if (firstBeyondSigned < 0
        && (number.compareTo(GREATEST_SIGNED) > 0 || number.compareTo(LEAST_SIGNED) < 0)) {
      firstBeyondSigned = count;
    }
    if (firstBeyondUnsigned < 0 && number.compareTo(GREATEST_UNSIGNED) > 0) {
      firstBeyondUnsigned = count;
    }
  }

  private void add(double number) {
    if (count == numbers.length) {
      if (count == maxNumbers) {
        throw new RefusedRequestException(
            413,
            "one request may have at most " + maxNumbers + " numbers; send the rest in another");
      }
      numbers = Arrays.copyOf(numbers, (int) Math.min(maxNumbers, 2L * count + 1));
    }
    numbers[count++] = number;
  }

  private Tensor checked() {
    checkElements();
    boolean sameRows =
        rowLength < 0
            || shape.length == 2 && (lists == shape[0] && rowLength == shape[1])
            || shape.length == 1 && rowLength == 1;
    if (Tensor.size(shape) != count || !sameRows) {
      throw new UnusableRowsException(
          "input %s has the shape %s, but %s"
              .formatted(
                  Quoted.text(name),
                  Tensor.shown(shape),
                  rowLength < 0 ? count + " values" : lists + " rows of " + rowLength + " values"));
    }
    return new Tensor(
        name,
        type,
        shape,
        numbers,
        type == TensorType.BYTES ? texts.toArray(String[]::new) : null,
        firstNull);
  }

  private void checkElements() {
    if (type == TensorType.BYTES) {
      if (texts == null && firstNumber < 0 && firstBoolean < 0) {
        texts = Collections.nCopies(count, null);
      }
      if (count > 0 && (texts == null || texts.size() < count)) {
        throw element(texts == null ? 0 : texts.size(), "is no string, but the datatype is BYTES");
      }
      return;
    }
    if (texts != null) {
      throw element(0, "is a string; it must be a number");
    }
    if (type == TensorType.BOOL) {
      if (firstNumber >= 0) {
        throw element(firstNumber, "is a number, but the datatype is BOOL: send true or false");
      }
    } else if (firstBoolean >= 0) {
      throw element(firstBoolean, "is true or false, but the datatype is " + type);
    }
    if (firstNull >= 0 && !type.isReal()) {
      throw element(firstNull, "is null, but the datatype is " + type);
    }
    int beyond =
        type == TensorType.INT64
            ? firstBeyondSigned
            : type == TensorType.UINT64 ? firstBeyondUnsigned : -1;
    if (beyond >= 0) {
      throw element(beyond, "is no value of " + type);
    }
    for (int i = 0; i < count; i++) {
      double number = numbers[i];
      if (!type.holds(number) && !Double.isNaN(number)) {
        throw element(i, "is no value of " + type);
      }
      if (type.isRounded()) {
        numbers[i] = type.nearest(number);
      }
    }
  }

  private UnusableRowsException element(int position, String what) {
    return Tensor.refused(name, shape, position, what);
  }
}
