package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.LinearTerms;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import java.util.Optional;

/**
 * A classifier by linear decisions, {@code LinearClassifierMixin} in scikit-learn: with two classes
 * the second one where the decision is above 0, with more the one with the largest decision.
 */
public final class LinearClassifier implements SparseModel, LinearTerms {

  private final Signature signature;
  private final LinearWeights weights;
  private final ProbabilityLink link;

  private LinearClassifier(Signature signature, LinearWeights weights, ProbabilityLink link) {
    this.signature = signature;
    this.weights = weights;
    this.link = link;
  }

  /**
   * Reads {@code coef_} of shape (1, features) for two classes, else (classes, features).
   *
   * @param link empty where the estimator has no {@code predict_proba}
   */
  public static Model read(Attributes attributes, Labels labels, Optional<ProbabilityLink> link) {
    LinearWeights weights = LinearWeights.read(attributes);
    if (weights.outputs() != (labels.size() == 2 ? 1 : labels.size())) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "coef_ has %d rows for %d classes".formatted(weights.outputs(), labels.size()));
    }
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, weights.features()))
            .classes(labels)
            .hasProbabilities(link.isPresent())
            .decisionWidth(weights.outputs())
            .build();
    return new LinearClassifier(signature, weights, link.orElse(null));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = weights.outputs();
    double[] decisions = new double[outputs];
    for (int row = from; row < to; row++) {
      for (int output = 0; output < outputs; output++) {
        decisions[output] = weights.sum(output, rows.values(), row * rows.width());
      }
      write(decisions, row, scores);
    }
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    double[] decisions = new double[weights.outputs()];
    for (int row = 0; row < rows.count(); row++) {
      for (int output = 0; output < decisions.length; output++) {
        decisions[output] = weights.sum(output, rows, row);
      }
      write(decisions, row, scores);
    }
  }

  private void write(double[] decisions, int row, Scores scores) {
    scores.labels()[row] = label(decisions);
    if (scores.decisions() != null) {
      int outputs = decisions.length;
      System.arraycopy(decisions, 0, scores.decisions(), row * outputs, outputs);
    }
    if (scores.probabilities() != null) {
      link.apply(decisions, scores.probabilities(), row * signature.probabilityWidth());
    }
  }

  @Override
  public Explanations explanations() {
    return weights.explainer(
        weights.outputs() == 1 && link != null && ProbabilityLink.isLogistic(link)
            ? Explainer.Space.LOG_ODDS
            : Explainer.Space.MARGIN);
  }

  private static int label(double[] decisions) {
    if (decisions.length == 1) {
      return decisions[0] > 0 ? 1 : 0;
    }
    return LargestScore.of(decisions, 0, decisions.length);
  }

  @Override
  public double[] terms(Rows rows, int row, int label) {
    return weights.terms(weights.outputs() == 1 ? 0 : label, rows.values(), row * rows.width());
  }
}
