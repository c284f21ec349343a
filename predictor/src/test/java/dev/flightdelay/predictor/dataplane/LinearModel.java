package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.util.Optional;

/** A model small enough to be checked by hand: a sum of weighted features. */
public final class LinearModel implements Model {

  public static final String SHA256 =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private final Signature signature;
  private final double[] weights;
  private final double intercept;

  private LinearModel(Signature signature, double[] weights, double intercept) {
    this.signature = signature;
    this.weights = weights;
    this.intercept = intercept;
  }

  /** Predicts the second label where the sum is positive. */
  public static LinearModel classifier(
      Features features, Labels labels, double[] weights, double intercept) {
    return new LinearModel(
        Signature.of("LogisticRegression", "scikit-learn", Optional.of("1.2.1"), features)
            .classes(labels)
            .hasProbabilities(true)
            .decisionWidth(1)
            .build(),
        weights,
        intercept);
  }

  /** Predicts the sum. */
  public static LinearModel regressor(
      Features features, boolean acceptsMissing, double[] weights, double intercept) {
    return new LinearModel(
        Signature.of("LinearRegression", "scikit-learn", Optional.of("1.2.2"), features)
            .acceptsMissing(acceptsMissing)
            .build(),
        weights,
        intercept);
  }

  public ServedModel served() {
    return new ServedModel(
        "flights",
        "v1",
        SHA256,
        "file:model.pkl",
        this,
        new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] values = rows.values();
    int width = rows.width();
    for (int row = from; row < to; row++) {
      double sum = intercept;
      for (int i = 0; i < width; i++) {
        double value = values[row * width + i];
        // A missing value adds nothing.
        sum += Double.isNaN(value) ? 0 : value * weights[i];
      }
      if (scores.labels() == null) {
        scores.values()[row] = sum;
        continue;
      }
      scores.labels()[row] = sum > 0 ? 1 : 0;
      if (scores.probabilities() != null) {
        double second = 1 / (1 + Math.exp(-sum));
        scores.probabilities()[2 * row] = 1 - second;
        scores.probabilities()[2 * row + 1] = second;
      }
      if (scores.decisions() != null) {
        scores.decisions()[row] = sum;
      }
    }
  }
}
