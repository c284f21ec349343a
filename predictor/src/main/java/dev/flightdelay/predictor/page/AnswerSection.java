package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.LinearTerms;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the page says about the first row's scores: the answer, how sure it is, and what made it.
 */
final class AnswerSection {

  private static final int MAX_CLASSES = 10;
  private static final int MAX_TERMS = 8;

  /** What still fits beside the form on one line in the largest letters. */
  private static final int LONG_VERDICT = 18;

  private final Signature signature;
  private final ServedModel model;
  private final Rows rows;
  private final Scores scores;

  AnswerSection(ServedModel model, Rows rows, Scores scores) {
    this.model = model;
    this.signature = model.signature();
    this.rows = rows;
    this.scores = scores;
  }

  /** The values of the page's section {@code answer}. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    String verdict = verdict();
    values.put("verdict", verdict);
    values.put("length", verdict.length() > LONG_VERDICT ? "long" : "short");
    if (scores.probabilities() != null) {
      values.put("probabilities", probabilities());
    } else if (scores.decisions() != null) {
      values.put("decisions", List.of(Map.of("bars", decisions())));
    }
    if (model.model() instanceof LinearTerms linear && signature.outputs() == 1) {
      values.put("terms", List.of(terms(linear)));
    }
    return values;
  }

  /** {@code Class: 1} or {@code Value: 12.3}: clients of an earlier page look for that text. */
  String verdict() {
    int outputs = signature.outputs();
    return signature
        .labels()
        .map(
            _ ->
                "Class: "
                    + IntStream.range(0, outputs)
                        .mapToObj(i -> signature.classes().get(i).text(scores.labels()[i]))
                        .collect(Collectors.joining(", ")))
        .orElseGet(
            () ->
                "Value: "
                    + IntStream.range(0, outputs)
                        .mapToDouble(i -> scores.values()[i])
                        .mapToObj(v -> Double.isNaN(v) ? "missing" : Decimal.exact(v))
                        .collect(Collectors.joining(", ")));
  }

  /** A section for each output: with several, each says which it is. */
  private List<Map<String, Object>> probabilities() {
    List<Map<String, Object>> sections = new ArrayList<>();
    int from = 0;
    for (int output = 0; output < signature.outputs(); output++) {
      Labels labels = signature.classes().get(output);
      double[] own = Arrays.copyOfRange(scores.probabilities(), from, from + labels.size());
      Map<String, Object> section = probabilities(labels, own, scores.labels()[output]);
      section.put("of", signature.outputs() == 1 ? "" : " of output " + output);
      section.put("id", output == 0 ? "probabilities" : "probabilities" + output);
      sections.add(section);
      from += labels.size();
    }
    return sections;
  }

  private static Map<String, Object> probabilities(
      Labels labels, double[] probabilities, int predicted) {
    List<Map<String, Object>> bars = new ArrayList<>();
    double left = 1;
    for (int label : likeliest(probabilities, labels.size())) {
      double probability = probabilities[label];
      left -= probability;
      Map<String, Object> bar = new HashMap<>();
      bar.put("name", labels.text(label));
      bar.put("number", Decimal.percent(probability));
      bar.put("width", Decimal.width(probability));
      bar.put("kind", label == predicted ? "chosen" : "other");
      bars.add(bar);
    }
    Map<String, Object> values = new HashMap<>();
    values.put("bars", bars);
    values.put("sureness", Decimal.percent(probabilities[predicted]));
    if (labels.size() > MAX_CLASSES) {
      String share = Decimal.percent(Math.max(0, left));
      values.put("more", List.of(Map.of("count", labels.size() - MAX_CLASSES, "share", share)));
    }
    return values;
  }

  /** All classes in their own order while they are few, so that bars do not change places. */
  private static List<Integer> likeliest(double[] probabilities, int classes) {
    if (classes <= MAX_CLASSES) {
      return IntStream.range(0, classes).boxed().toList();
    }
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
        .limit(MAX_CLASSES)
        .toList();
  }

  private List<Map<String, Object>> decisions() {
    int width = signature.decisionWidth();
    Labels labels = signature.labels().orElse(null);
    double largest = largest(scores.decisions(), width);
    List<Integer> shown =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores.decisions()[i]))
            .limit(MAX_CLASSES)
            .sorted()
            .toList();
    List<Map<String, Object>> bars = new ArrayList<>();
    for (int i : shown) {
      String name;
      if (labels != null && width == labels.size()) {
        name = labels.text(i);
      } else if (labels != null && width == 1) {
        name = "above 0 is class " + labels.text(labels.size() - 1);
      } else {
        name = "score " + (i + 1);
      }
      bars.add(signedBar(name, scores.decisions()[i], largest));
    }
    return bars;
  }

  private Map<String, Object> terms(LinearTerms linear) {
    int predicted = scores.labels() == null ? 0 : scores.labels()[0];
    double[] terms = linear.terms(rows, 0, predicted);
    double largest = largest(terms, terms.length);
    List<Map<String, Object>> bars = new ArrayList<>();
    IntStream.range(0, terms.length)
        .filter(i -> Double.isFinite(terms[i]) && terms[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(terms[i])))
        .limit(MAX_TERMS)
        .forEach(
            i -> {
              String name = Field.columnName(signature.features(), i);
              Map<String, Object> bar = signedBar(name, terms[i], largest);
              bar.put("value", Decimal.rounded(rows.get(0, i)));
              bar.put("direction", terms[i] > 0 ? above(predicted) : below(predicted));
              bars.add(bar);
            });
    Map<String, Object> values = new HashMap<>();
    values.put("bars", bars);
    values.put("above", above(predicted));
    values.put("below", below(predicted));
    return values;
  }

  private String above(int predicted) {
    return signature
        .labels()
        .map(labels -> "towards class " + labels.text(labels.size() == 2 ? 1 : predicted))
        .orElse("towards larger");
  }

  private String below(int predicted) {
    return signature
        .labels()
        .map(
            labels ->
                labels.size() == 2
                    ? "towards class " + labels.text(0)
                    : "away from class " + labels.text(predicted))
        .orElse("towards smaller");
  }

  private static double largest(double[] numbers, int count) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(numbers[i])) {
        largest = Math.max(largest, Math.abs(numbers[i]));
      }
    }
    return largest;
  }

  /** A bar to the right of the middle for positive numbers, to the left for negative ones. */
  private static Map<String, Object> signedBar(String name, double number, double largest) {
    Map<String, Object> bar = new HashMap<>();
    bar.put("name", name);
    bar.put("number", Decimal.signed(number));
    double share = largest == 0 ? 0 : Math.abs(number) / largest / 2;
    bar.put("start", Decimal.width(number < 0 ? 0.5 - share : 0.5));
    bar.put("width", Decimal.width(share));
    bar.put("kind", number < 0 ? "minus" : "plus");
    return bar;
  }
}
