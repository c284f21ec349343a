package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the reference library answered, beside what the model here answers. */
public final class ExpectedScores {

  private ExpectedScores() {}

  /**
   * @param inputs rows of numbers
   * @param expected transform; or predict, and where the estimator has them predict_proba and
   *     decision_function
   */
  public static void assertSame(Model model, JsonNode inputs, JsonNode expected, double tolerance) {
    Signature signature = model.signature();
    Rows rows = rows(inputs);
    Scores scores = model.score(rows, true, true);
    for (int row = 0; row < rows.count(); row++) {
      JsonNode prediction = expected.get(signature.method().output()).get(row);
      if (signature.labels().isPresent()) {
        assertLabels(signature, scores.labels(), row, prediction);
      } else {
        assertNumbers(scores.values(), row, signature.outputs(), prediction, tolerance);
      }
    }
    assertThat(signature.hasProbabilities()).isEqualTo(expected.has("predict_proba"));
    if (expected.has("decision_function")) {
      assertThat(signature.decisionWidth()).isPositive();
    }
    for (int row = 0; row < rows.count(); row++) {
      if (expected.has("predict_proba")) {
        assertNumbers(
            scores.probabilities(),
            row,
            signature.probabilityWidth(),
            probabilities(expected.get("predict_proba"), signature.outputs(), row),
            tolerance);
      }
      if (expected.has("decision_function")) {
        assertNumbers(
            scores.decisions(),
            row,
            signature.decisionWidth(),
            expected.get("decision_function").get(row),
            tolerance);
      }
    }
  }

  private static Rows rows(JsonNode inputs) {
    // One feature may be given without a list around it.
    boolean flat = !inputs.get(0).isArray();
    int width = flat ? 1 : inputs.get(0).size();
    double[] values = new double[inputs.size() * width];
    String[] texts = new String[values.length];
    boolean anyText = false;
    for (int i = 0; i < values.length; i++) {
      JsonNode value = flat ? inputs.get(i) : inputs.get(i / width).get(i % width);
      texts[i] = value.isString() ? value.asString() : null;
      anyText |= value.isString();
      values[i] = value.isNull() || value.isString() ? Double.NaN : value.asDouble();
    }
    return new Rows(values, anyText ? texts : null, inputs.size(), width);
  }

  private static void assertLabels(
      Signature signature, int[] labels, int row, JsonNode prediction) {
    for (int output = 0; output < signature.outputs(); output++) {
      assertThat(label(signature.classes().get(output), labels[row * signature.outputs() + output]))
          .as("class of row %d, output %d", row, output)
          .isEqualTo(value(prediction.isArray() ? prediction.get(output) : prediction));
    }
  }

  /** Those of several outputs, which scikit-learn has in a list, side by side. */
  public static JsonNode probabilities(JsonNode expected, int outputs, int row) {
    if (outputs == 1 || expected.size() != outputs) {
      return expected.get(row);
    }
    ArrayNode beside = JsonNodeFactory.instance.arrayNode();
    for (JsonNode output : expected) {
      output.get(row).forEach(beside::add);
    }
    return beside;
  }

  private static Object label(Labels labels, int position) {
    return labels.value(position);
  }

  private static Object value(JsonNode label) {
    return switch (label.getNodeType()) {
      case BOOLEAN -> label.asBoolean();
      case STRING -> label.asString();
      default -> label.isIntegralNumber() ? (Object) label.asLong() : (Object) label.asDouble();
    };
  }

  private static void assertNumbers(
      double[] numbers, int row, int width, JsonNode expected, double tolerance) {
    List<Double> wanted = new ArrayList<>();
    if (expected.isArray()) {
      expected.forEach(number -> wanted.add(number.isNull() ? Double.NaN : number.asDouble()));
    } else {
      wanted.add(expected.asDouble());
    }
    assertThat(wanted).hasSize(width);
    for (int k = 0; k < width; k++) {
      double number = numbers[row * width + k];
      double target = wanted.get(k);
      if (Double.isNaN(target)) {
        assertThat(number).as("row %d, column %d", row, k).isNaN();
      } else {
        assertThat(number)
            .as("row %d, column %d", row, k)
            .isCloseTo(target, within(tolerance * Math.max(1, Math.abs(target))));
      }
    }
  }
}
