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
      row(scores, row, out);
    }
    out.raw(']');
  }

  /** An object with {@link #rows} as its only member: {@code {"predictions":[a,b]}}. */
  public void object(String name, Scores scores, JsonWriter out) {
    out.raw("{\"").raw(name).raw("\":");
    rows(scores, out);
    out.raw('}');
  }

  /** A row's {@code a}, or {@code [a,b]} where it has several outputs or is transformed. */
  void row(Scores scores, int row, JsonWriter out) {
    if (!arrays) {
      one(scores, row, out);
      return;
    }
    out.raw('[');
    for (int k = 0; k < outputs; k++) {
      if (k > 0) {
        out.raw(',');
      }
      one(scores, row * outputs + k, out);
    }
    out.raw(']');
  }

  /** All of {@code predict} or {@code transform} in one array, row by row. */
  public void flat(Scores scores, JsonWriter out) {
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
  public static void flat(double[] numbers, JsonWriter out) {
    out.raw('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.number(numbers[i]);
    }
    out.raw(']');
  }

  /** Some columns of numbers in one array: {@code columns} from {@code from} on of each row. */
  public static void flat(double[] numbers, int width, int from, int columns, JsonWriter out) {
    out.raw('[');
    for (int row = 0; row < numbers.length / width; row++) {
      for (int k = 0; k < columns; k++) {
        if (row + k > 0) {
          out.raw(',');
        }
        out.number(numbers[row * width + from + k]);
      }
    }
    out.raw(']');
  }

  /**
   * Probabilities as scikit-learn's {@code predict_proba} gives them: {@code [[a,b],[c,d]]}, and
   * with several outputs a list of such, one for each.
   */
  public static void probabilities(double[] numbers, Signature signature, JsonWriter out) {
    int width = signature.probabilityWidth();
    boolean several = signature.outputs() > 1;
    out.raw(several ? "[" : "");
    int from = 0;
    for (int output = 0; output < signature.outputs(); output++) {
      int columns = signature.classes().get(output).size();
      out.raw(output == 0 ? "[" : ",[");
      for (int row = 0; row < numbers.length / width; row++) {
        for (int k = 0; k < columns; k++) {
          out.raw(k > 0 ? "," : row == 0 ? "[" : "],[");
          out.number(numbers[row * width + from + k]);
        }
      }
      out.raw(numbers.length == 0 ? "]" : "]]");
      from += columns;
    }
    out.raw(several ? "]" : "");
  }

  /** Numbers as {@code [a,b]} where a row has one, else as {@code [[a,b],[c,d]]}. */
  public static void matrix(double[] numbers, int width, JsonWriter out) {
    if (width == 1) {
      flat(numbers, out);
      return;
    }
    arrays(numbers, width, out);
  }

  /** Numbers as {@code [[a,b],[c,d]]}, also where a row has one. */
  public static void arrays(double[] numbers, int width, JsonWriter out) {
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
