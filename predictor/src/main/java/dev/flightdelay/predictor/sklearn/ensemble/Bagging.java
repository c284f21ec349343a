package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.ArrayList;
import java.util.List;

/**
 * BaggingClassifier and BaggingRegressor: the mean of what estimators answer that were each fitted
 * with some of the columns. Classifiers without probabilities vote.
 */
public final class Bagging implements Model {

  private final Signature signature;
  private final List<Model> models;
  // For each model the columns of its rows; null where these are all, in order.
  private final List<int[]> columns;
  // For each model and each of its classes the position in the signature's; empty for a regressor.
  private final List<int[]> positions;
  private final long count;

  private Bagging(
      Signature signature,
      List<Model> models,
      List<int[]> columns,
      List<int[]> positions,
      long count) {
    this.signature = signature;
    this.models = models;
    this.columns = columns;
    this.positions = positions;
    this.count = count;
  }

  public static Model readClassifier(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    List<Model> models = BaseModels.read(attributes, true);
    List<int[]> positions = new ArrayList<>();
    for (Model model : models) {
      positions.add(positions(attributes, model, labels.size()));
    }
    int decisions = models.getFirst().signature().decisionWidth();
    for (Model model : models) {
      if (model.signature().decisionWidth() != decisions
          || decisions > 0 && model.signature().classes().getFirst().size() != labels.size()) {
        throw attributes.invalid(
            Reason.UNSUPPORTED, "its estimators were not all fitted with all classes");
      }
    }
    return read(attributes, List.of(labels), models, positions, decisions);
  }

  static Model readRegressor(Attributes attributes) {
    return read(attributes, List.of(), BaseModels.read(attributes, false), List.of(), 0);
  }

  /**
   * {@code n_estimators}: the library asks no more than these, and divides by their number, however
   * many it was fitted with.
   */
  private static long count(Attributes attributes, int fitted) {
    long count = attributes.integer("n_estimators").orElse((long) fitted);
    if (count < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_estimators is " + count);
    }
    return count;
  }

  private static Model read(
      Attributes attributes,
      List<Labels> labels,
      List<Model> models,
      List<int[]> positions,
      int decisions) {
    List<int[]> subsets = FeatureSubsets.read(attributes, models.size());
    int width = FeatureSubsets.width(attributes, subsets);
    List<int[]> columns = new ArrayList<>();
    boolean acceptsMissing = true;
    for (int i = 0; i < models.size(); i++) {
      Signature model = models.get(i).signature();
      FeatureSubsets.require(attributes, subsets.get(i), model.features().count());
      columns.add(isWhole(subsets.get(i), width) ? null : subsets.get(i));
      acceptsMissing &= model.acceptsMissing();
    }
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, width))
            .classes(labels)
            .outputs(1)
            .hasProbabilities(!labels.isEmpty())
            .decisionWidth(decisions)
            .acceptsMissing(acceptsMissing)
            .build();
    return new Bagging(signature, models, columns, positions, count(attributes, models.size()));
  }

  /** The estimators are fitted with the positions of the labels. */
  private static int[] positions(Attributes attributes, Model model, int classes) {
    Labels own = model.signature().classes().getFirst();
    int[] positions = new int[own.size()];
    for (int k = 0; k < positions.length; k++) {
      if (!(own.value(k) instanceof Long position) || position < 0 || position >= classes) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s has the label %s, which is no position in classes_"
                .formatted(model.signature().estimator(), own.text(k)));
      }
      positions[k] = position.intValue();
    }
    return positions;
  }

  private static boolean isWhole(int[] subset, int width) {
    for (int i = 0; i < subset.length; i++) {
      if (subset[i] != i) {
        return false;
      }
    }
    return subset.length == width;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.probabilityWidth();
    int wide = signature.decisionWidth();
    boolean withDecisions = scores.decisions() != null;
    double[] sums = new double[(to - from) * Math.max(1, classes)];
    double[] decisions = new double[withDecisions ? (to - from) * wide : 0];
    for (int i = 0; i < Math.min(count, models.size()); i++) {
      Model model = models.get(i);
      Scores answers = Scores.of(model.signature(), rows.count(), true, withDecisions);
      model.score(subset(rows, columns.get(i)), from, to, answers);
      for (int row = from; row < to; row++) {
        if (classes == 0) {
          sums[row - from] += answers.values()[row];
        } else {
          addShares(answers, row, positions.get(i), sums, (row - from) * classes);
        }
      }
      for (int k = 0; k < decisions.length; k++) {
        decisions[k] += answers.decisions()[from * wide + k];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= count;
    }
    for (int i = 0; i < decisions.length; i++) {
      scores.decisions()[from * wide + i] = decisions[i] / count;
    }
    if (classes == 0) {
      System.arraycopy(sums, 0, scores.values(), from, to - from);
      return;
    }
    for (int row = from; row < to; row++) {
      scores.labels()[row] = ClassLink.largest(sums, (row - from) * classes, classes);
    }
    if (scores.probabilities() != null) {
      System.arraycopy(sums, 0, scores.probabilities(), from * classes, sums.length);
    }
  }

  private static void addShares(Scores answers, int row, int[] positions, double[] sums, int at) {
    if (answers.probabilities() == null) {
      sums[at + positions[answers.labels()[row]]] += 1;
      return;
    }
    for (int k = 0; k < positions.length; k++) {
      sums[at + positions[k]] += answers.probabilities()[row * positions.length + k];
    }
  }

  private static Rows subset(Rows rows, int[] columns) {
    if (columns == null) {
      return rows;
    }
    double[] values = new double[rows.count() * columns.length];
    for (int row = 0; row < rows.count(); row++) {
      for (int k = 0; k < columns.length; k++) {
        values[row * columns.length + k] = rows.get(row, columns[k]);
      }
    }
    return new Rows(
        values,
        null,
        rows.stored() == null ? null : rows.stored().select(columns),
        rows.count(),
        columns.length);
  }
}
