package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Utf8;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;

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

  /** The same with its strings decoded from base64. */
  Tensor fromBase64() {
    if (type != TensorType.BYTES) {
      throw new RefusedRequestException(
          400,
          "input %s has the content_type base64, so its datatype must be BYTES, not %s"
              .formatted(Quoted.text(name), type));
    }
    String[] decoded = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        decoded[i] = fromBase64(i);
      }
    }
    return new Tensor(name, type, shape, numbers, decoded, firstMissing);
  }

  private String fromBase64(int position) {
    try {
      byte[] bytes = Base64.getDecoder().decode(texts[position]);
      return Utf8.text(bytes, 0, bytes.length);
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      throw refused(name, shape, position, "is no text in UTF-8 and base64");
    }
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
    return new UnusableRowsException("input " + Quoted.text(name) + ", " + element + " " + what);
  }
}
