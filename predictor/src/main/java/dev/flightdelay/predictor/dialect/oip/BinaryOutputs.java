package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes outputs' data as the bytes behind an answer's JSON. */
final class BinaryOutputs {

  private final Signature signature;

  /** The bytes of each class of each output; they are few and written often. */
  private final byte[][][] labels;

  BinaryOutputs(Signature signature) {
    this.signature = signature;
    this.labels = signature.classes().stream().map(BinaryOutputs::encoded).toArray(byte[][][]::new);
  }

  /** How many bytes {@link #write} writes. */
  long size(OutputTensor output, Scores scores) {
    if (output.method() == OutputTensor.Method.ANSWER && labels.length > 0) {
      long size = 0;
      for (int i = 0; i < scores.count() * signature.outputs(); i++) {
        size += label(scores, i).length;
      }
      return size;
    }
    return (long) Double.BYTES * scores.count() * output.columns();
  }

  void write(OutputTensor output, Scores scores, JsonWriter out) {
    switch (output.method()) {
      case PROBABILITIES ->
          numbers(
              scores.probabilities(),
              scores.count(),
              signature.probabilityWidth(),
              output.from(),
              output.columns(),
              out);
      case DECISIONS -> numbers(scores.decisions(), out);
      case TRANSFORMED -> numbers(scores.transformed(), out);
      case ANSWER -> {
        if (labels.length == 0) {
          numbers(scores.values(), out);
        } else {
          for (int i = 0; i < scores.count() * signature.outputs(); i++) {
            out.raw(label(scores, i));
          }
        }
      }
    }
  }

  private byte[] label(Scores scores, int i) {
    return labels[i % signature.outputs()][scores.labels()[i]];
  }

  private static void numbers(double[] numbers, JsonWriter out) {
    numbers(numbers, 1, numbers.length, 0, numbers.length, out);
  }

  /** Columns {@code from} to {@code from + columns} of each row. */
  private static void numbers(
      double[] numbers, int rows, int width, int from, int columns, JsonWriter out) {
    int bytes = columns * Double.BYTES;
    int start = out.reserve(rows * bytes);
    ByteBuffer target = ByteBuffer.wrap(out.array()).order(ByteOrder.LITTLE_ENDIAN);
    if (columns == width) {
      target.position(start).asDoubleBuffer().put(numbers, 0, rows * width);
      return;
    }
    for (int row = 0; row < rows; row++) {
      target
          .position(start + row * bytes)
          .asDoubleBuffer()
          .put(numbers, row * width + from, columns);
    }
  }

  private static byte[][] encoded(Labels classes) {
    byte[][] encoded = new byte[classes.size()][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] =
          switch (classes.kind()) {
            case INTEGER -> littleEndian(Long.BYTES).putLong((Long) classes.value(i)).array();
            case REAL -> littleEndian(Double.BYTES).putDouble((Double) classes.value(i)).array();
            case BOOLEAN -> new byte[] {(byte) ((Boolean) classes.value(i) ? 1 : 0)};
            case TEXT -> text((String) classes.value(i));
          };
    }
    return encoded;
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return littleEndian(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
