package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.OneHotGroup;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what each column added to rows' answers. Columns of a one-hot group are summed under its
 * name. A classifier of one output is explained for the class that it answers, or where the sum is
 * one for two classes, for the second; with several outputs there is a number for each.
 */
public final class ExplainedAnswers {

  /** So many contributions are made at a time. */
  private static final int MAX_NUMBERS = 1 << 20;

  /**
   * Columns that are shown as one.
   *
   * @param name null where columns have no names
   */
  private record Shown(String name, List<Integer> columns) {}

  private final Signature signature;
  private final Explainer explainer;
  private final double[] base;
  private final List<Shown> shown;

  public ExplainedAnswers(Signature signature, Explainer explainer) {
    this.signature = signature;
    this.explainer = explainer;
    this.base = explainer.base();
    this.shown = shown(signature.features());
  }

  private static List<Shown> shown(Features features) {
    List<Shown> shown = new ArrayList<>();
    Set<Integer> grouped = new HashSet<>();
    for (int column = 0; column < features.count(); column++) {
      if (grouped.contains(column)) {
        continue;
      }
      int at = column;
      OneHotGroup group =
          features.groups().values().stream()
              .filter(one -> one.columns().contains(at))
              .findFirst()
              .orElse(null);
      if (group != null) {
        grouped.addAll(group.columns());
        shown.add(new Shown(group.name(), group.columns()));
      } else {
        String name = features.hasNames() ? features.names().get(column) : null;
        shown.add(new Shown(name, List.of(column)));
      }
    }
    return List.copyOf(shown);
  }

  /**
   * {@code [{"class":1,"space":"log_odds","base_value":-1.2,"contributions":{"OPERA":0.31}}]}, an
   * object for each row; contributions of columns without names are an array.
   *
   * @param scores what the model answers to these rows
   */
  public void write(Rows rows, Scores scores, JsonWriter out) {
    int numbers = rows.width() * explainer.outputs();
    int atOnce = Math.max(1, MAX_NUMBERS / numbers);
    out.raw('[');
    for (int first = 0; first < rows.count(); first += atOnce) {
      int end = Math.min(rows.count(), first + atOnce);
      double[] contributions = new double[(end - first) * numbers];
      explainer.explain(rows, first, end, contributions);
      for (int row = first; row < end; row++) {
        out.raw(row == 0 ? "" : ",");
        row(row, scores, contributions, (row - first) * numbers, out);
      }
    }
    out.raw(']');
  }

  private void row(int row, Scores scores, double[] contributions, int from, JsonWriter out) {
    out.raw('{');
    boolean isOne = signature.outputs() == 1;
    int output = 0;
    if (isOne && signature.labels().isPresent()) {
      Labels labels = signature.labels().get();
      boolean isSecond = explainer.outputs() == 1;
      int label = isSecond ? labels.size() - 1 : scores.labels()[row];
      output = isSecond ? 0 : label;
      out.raw("\"class\":").raw(labels.json(label)).raw(',');
    }
    out.raw("\"space\":\"").raw(explainer.space().text()).raw("\",\"base_value\":");
    int count = isOne && !isSeveral() ? 1 : explainer.outputs();
    int at = output;
    numbers(count, k -> base[at + k], out);
    boolean hasNames = signature.features().hasNames();
    out.raw(",\"contributions\":").raw(hasNames ? '{' : '[');
    String next = "";
    for (Shown one : shown) {
      out.raw(next);
      if (hasNames) {
        out.string(one.name()).raw(':');
      }
      numbers(count, k -> sum(one.columns(), contributions, from, at + k), out);
      next = ",";
    }
    out.raw(hasNames ? '}' : ']').raw('}');
  }

  /** Whether the sums of a model without classes are several though it answers one number. */
  private boolean isSeveral() {
    return signature.labels().isEmpty() && explainer.outputs() > 1;
  }

  private double sum(List<Integer> columns, double[] contributions, int from, int output) {
    double sum = 0;
    for (int column : columns) {
      sum += contributions[from + column * explainer.outputs() + output];
    }
    return sum;
  }

  /** One of several outputs. */
  @FunctionalInterface
  private interface Numbers {
    double of(int k);
  }

  private static void numbers(int count, Numbers numbers, JsonWriter out) {
    if (count == 1) {
      out.number(numbers.of(0));
      return;
    }
    for (int k = 0; k < count; k++) {
      out.raw(k == 0 ? '[' : ',').number(numbers.of(k));
    }
    out.raw(']');
  }
}
