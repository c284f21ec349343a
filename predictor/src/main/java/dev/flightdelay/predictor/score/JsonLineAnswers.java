package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/** Answers as JSON lines: an object for each row, with what is handed on. */
public final class JsonLineAnswers implements AnswerWriter {

  private final Signature signature;

  public JsonLineAnswers(Signature signature) {
    this.signature = signature;
  }

  @Override
  public void begin(List<String> passedNames, JsonWriter out) {
    // Every line names what it has.
  }

  @Override
  public void row(RowBatch batch, Scores scores, int from, int row, JsonWriter out) {
    out.raw('{');
    for (int i = 0; i < batch.passedNames().size(); i++) {
      out.string(batch.passedNames().get(i)).raw(':');
      batch.passed(from + row, i).write(out);
      out.raw(',');
    }
    out.string(signature.method().output()).raw(':');
    answer(scores, row, out);
    if (scores.probabilities() != null) {
      out.raw(",\"predict_proba\":");
      probabilities(scores.probabilities(), row, out);
    }
    if (scores.decisions() != null) {
      out.raw(",\"decision_function\":");
      int width = signature.decisionWidth();
      array(scores.decisions(), row * width, width, width > 1, out);
    }
    if (scores.transformed() != null) {
      out.raw(",\"transform\":");
      int width = signature.transformWidth();
      array(scores.transformed(), row * width, width, true, out);
    }
    out.raw("}\n");
  }

  private void answer(Scores scores, int row, JsonWriter out) {
    int outputs = signature.outputs();
    if (scores.labels() == null) {
      array(scores.values(), row * outputs, outputs, signature.answersArrays(), out);
      return;
    }
    out.raw(signature.answersArrays() ? "[" : "");
    for (int k = 0; k < outputs; k++) {
      out.raw(k > 0 ? "," : "");
      out.raw(
          signature.classes().get(outputs == 1 ? 0 : k).json(scores.labels()[row * outputs + k]));
    }
    out.raw(signature.answersArrays() ? "]" : "");
  }

  /** One array, or one for each output. */
  private void probabilities(double[] numbers, int row, JsonWriter out) {
    int from = row * signature.probabilityWidth();
    boolean several = signature.outputs() > 1;
    out.raw(several ? "[" : "");
    for (int output = 0; output < signature.outputs(); output++) {
      out.raw(output > 0 ? "," : "");
      int classes = signature.classes().get(output).size();
      array(numbers, from, classes, true, out);
      from += classes;
    }
    out.raw(several ? "]" : "");
  }

  private static void array(
      double[] numbers, int from, int count, boolean brackets, JsonWriter out) {
    out.raw(brackets ? "[" : "");
    for (int k = 0; k < count; k++) {
      out.raw(k > 0 ? "," : "");
      if (Double.isNaN(numbers[from + k])) {
        out.raw("null");
      } else {
        out.number(numbers[from + k]);
      }
    }
    out.raw(brackets ? "]" : "");
  }
}
