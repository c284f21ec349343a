package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/** Writes what a model answered as JSON arrays. */
public final class Predictions {

  private final List<Labels> classes;
  private final int outputs;
  private final boolean arrays;

  public Predictions(Signature signature) {
    this.classes = signature.classes();
    this.outputs = signature.outputs();
    this.arrays = signature.answersArrays();
  }

  /**
   * {@code [a,b]}, one for each row; {@code [[a,b],[c,d]]} where a row has several outputs, or is
   * transformed.
   */
  public void rows(Scores scores, JsonWriter out) {
    out.raw('[');
    for (int row = 0; row < scores.count(); row++) {
      if (row > 0) {
        out.raw(',');
      }
      if (!arrays) {
        one(scores, row, out);
      } else {
        out.raw('[');
        for (int k = 0; k < outputs; k++) {
          if (k > 0) {
            out.raw(',');
          }
          one(scores, row * outputs + k, out);
        }
        out.raw(']');
      }
    }
    out.raw(']');
  }

  /** All of {@code predict} or {@code transform} in one array, row by row. */
  void flat(Scores scores, JsonWriter out) {
    out.raw('[');
    for (int i = 0; i < scores.count() * outputs; i++) {
      if (i > 0) {
        out.raw(',');
      }
      one(scores, i, out);
    }
    out.raw(']');
  }

  /** Numbers in one array. */
  static void flat(double[] numbers, JsonWriter out) {
    out.raw('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.number(numbers[i]);
    }
    out.raw(']');
  }

  /** Numbers as {@code [a,b]} where a row has one, else as {@code [[a,b],[c,d]]}. */
  public static void matrix(double[] numbers, int width, JsonWriter out) {
    if (width == 1) {
      flat(numbers, out);
      return;
    }
    for (int i = 0; i < numbers.length; i++) {
      out.raw(i == 0 ? "[[" : i % width == 0 ? "],[" : ",");
      out.number(numbers[i]);
    }
    out.raw(numbers.length == 0 ? "[]" : "]]");
  }

  private void one(Scores scores, int i, JsonWriter out) {
    if (!classes.isEmpty()) {
      out.raw(classes.get(outputs == 1 ? 0 : i % outputs).json(scores.labels()[i]));
    } else if (Double.isNaN(scores.values()[i])) {
      out.raw("null");
    } else {
      out.number(scores.values()[i]);
    }
  }
}
