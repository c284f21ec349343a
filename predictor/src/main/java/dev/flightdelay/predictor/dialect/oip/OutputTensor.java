package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * An output of a model: an estimator's method, and where that answers for several outputs with a
 * table each, one of these. Those are called {@code predict_proba_0}, {@code predict_proba_1} and
 * so on, for they have classes of their own.
 *
 * @param name as in the Open Inference Protocol
 * @param datatype of the Open Inference Protocol
 * @param from where its columns begin in what the method gives for a row
 * @param columns how many there are
 * @param isMatrix whether the shape is (rows, columns) rather than (rows)
 */
public record OutputTensor(
    String name, Method method, String datatype, int from, int columns, boolean isMatrix) {

  /** Which of a model's scores it is. */
  public enum Method {
    ANSWER,
    PROBABILITIES,
    DECISIONS,
    /** Of an estimator that predicts; of a transformer it is the answer. */
    TRANSFORMED
  }

  private static final String PROBABILITIES = "predict_proba";
  private static final String DECISIONS = "decision_function";
  private static final String NUMBERS = "FP64";

  /** All that a model has, the answer first. */
  public static List<OutputTensor> of(Signature signature) {
    List<OutputTensor> outputs = new ArrayList<>();
    outputs.add(
        new OutputTensor(
            signature.method().output(),
            Method.ANSWER,
            signature.labels().map(labels -> datatype(labels.kind())).orElse(NUMBERS),
            0,
            signature.outputs(),
            signature.answersArrays()));
    if (signature.hasProbabilities()) {
      int from = 0;
      for (int output = 0; output < signature.outputs(); output++) {
        int classes = signature.classes().get(output).size();
        String name = signature.outputs() == 1 ? PROBABILITIES : PROBABILITIES + "_" + output;
        outputs.add(new OutputTensor(name, Method.PROBABILITIES, NUMBERS, from, classes, true));
        from += classes;
      }
    }
    if (signature.decisionWidth() > 0) {
      int width = signature.decisionWidth();
      outputs.add(new OutputTensor(DECISIONS, Method.DECISIONS, NUMBERS, 0, width, width > 1));
    }
    if (signature.transformWidth() > 0) {
      outputs.add(
          new OutputTensor(
              Signature.Method.TRANSFORM.output(),
              Method.TRANSFORMED,
              NUMBERS,
              0,
              signature.transformWidth(),
              true));
    }
    return List.copyOf(outputs);
  }

  /** The shape for so many rows; -1 stands for any number of them. */
  public int[] shape(int rows) {
    return isMatrix ? new int[] {rows, columns} : new int[] {rows};
  }

  private static String datatype(Labels.Kind kind) {
    return switch (kind) {
      case INTEGER -> "INT64";
      case REAL -> NUMBERS;
      case BOOLEAN -> "BOOL";
      case TEXT -> "BYTES";
    };
  }
}
