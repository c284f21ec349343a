package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers as CSV (RFC 4180) with a header: what is handed on, then {@code predict}, {@code
 * predict_proba_CLASS}, {@code decision_function}, {@code transform_0}. An empty field is a missing
 * value.
 */
public final class CsvAnswers implements AnswerWriter {

  private static final Pattern TO_QUOTE = Pattern.compile("[\",\\r\\n]|^\\s|\\s$");

  private final Signature signature;

  public CsvAnswers(Signature signature) {
    this.signature = signature;
  }

  @Override
  public void begin(List<String> passedNames, JsonWriter out) {
    List<String> header = new ArrayList<>(passedNames);
    header.addAll(
        numbered(signature.method().output(), signature.outputs(), signature.transforms()));
    if (signature.hasProbabilities()) {
      for (int output = 0; output < signature.outputs(); output++) {
        String name = signature.outputs() == 1 ? "predict_proba" : "predict_proba_" + output;
        Labels labels = signature.classes().get(output);
        for (int k = 0; k < labels.size(); k++) {
          header.add(name + "_" + labels.text(k));
        }
      }
    }
    if (signature.decisionWidth() > 0) {
      header.addAll(decisions());
    }
    if (signature.transformWidth() > 0) {
      header.addAll(numbered("transform", signature.transformWidth(), true));
    }
    for (int i = 0; i < header.size(); i++) {
      text(header.get(i), i, out);
    }
    out.raw('\n');
  }

  private List<String> decisions() {
    int width = signature.decisionWidth();
    boolean ofClasses =
        signature.outputs() == 1 && signature.labels().map(Labels::size).orElse(0) == width;
    if (!ofClasses) {
      return numbered("decision_function", width, false);
    }
    List<String> names = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      names.add("decision_function_" + signature.classes().getFirst().text(k));
    }
    return names;
  }

  private static List<String> numbered(String name, int count, boolean always) {
    if (count == 1 && !always) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(name + "_" + i);
    }
    return names;
  }

  @Override
  public void row(RowBatch batch, Scores scores, int from, int row, JsonWriter out) {
    int column = 0;
    for (int i = 0; i < batch.passedNames().size(); i++) {
      text(batch.passed(from + row, i).text(), column++, out);
    }
    int outputs = signature.outputs();
    for (int k = 0; k < outputs; k++) {
      if (scores.labels() != null) {
        int label = scores.labels()[row * outputs + k];
        text(signature.classes().get(outputs == 1 ? 0 : k).text(label), column++, out);
      } else {
        number(scores.values()[row * outputs + k], column++, out);
      }
    }
    column = numbers(scores.probabilities(), scores.count(), row, column, out);
    column = numbers(scores.decisions(), scores.count(), row, column, out);
    numbers(scores.transformed(), scores.count(), row, column, out);
    out.raw('\n');
  }

  private static int numbers(double[] numbers, int rows, int row, int column, JsonWriter out) {
    int next = column;
    if (numbers != null) {
      int width = numbers.length / rows;
      for (int k = 0; k < width; k++) {
        number(numbers[row * width + k], next++, out);
      }
    }
    return next;
  }

  private static void number(double number, int column, JsonWriter out) {
    if (column > 0) {
      out.raw(',');
    }
    if (!Double.isNaN(number)) {
      out.number(number);
    }
  }

  private static void text(String text, int column, JsonWriter out) {
    if (column > 0) {
      out.raw(',');
    }
    String field = TO_QUOTE.matcher(text).find() ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    out.raw(field.getBytes(StandardCharsets.UTF_8));
  }
}
