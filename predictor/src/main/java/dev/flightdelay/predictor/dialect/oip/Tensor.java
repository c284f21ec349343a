package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Shown;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.Arrays;

/**
 * An input tensor of a request, whatever it was read from.
 *
 * @param shape one or two sizes
 * @param numbers row after row; the array may be longer than there are; NaN is a missing value
 * @param texts the strings of a BYTES tensor, each null where it is missing; null where it has
 *     numbers
 * @param firstMissing the position of the first missing value, or -1
 */
record Tensor(
    String name,
    TensorType type,
    long[] shape,
    double[] numbers,
    String[] texts,
    int firstMissing) {

  /** The shape as a request has it, such as {@code [2,37]}. */
  String shownShape() {
    return shown(shape);
  }

  /** How many values a tensor of that shape has. */
  static long size(long[] shape) {
    return shape.length == 1 ? shape[0] : shape[0] * shape[1];
  }

  static String shown(long[] shape) {
    return Arrays.toString(shape).replace(" ", "");
  }

  /** Refuses an element of a tensor's data, naming it. */
  static UnusableRowsException refused(String name, long[] shape, int position, String what) {
    String element =
        shape.length == 2 && shape[1] > 0
            ? "row " + position / shape[1] + ", value " + position % shape[1]
            : "element " + position;
    return new UnusableRowsException("input " + Shown.text(name) + ", " + element + " " + what);
  }
}
