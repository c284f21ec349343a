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
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * AdaBoostClassifier: SAMME counts the estimators' labels by their weights, SAMME.R (until 1.5)
 * sums the logarithms of their probabilities (scikit-learn's {@code ensemble/_weight_boosting.py}).
 */
public final class AdaBoostClassifier implements Model {

  private final Signature signature;
  private final List<Model> models;
  // For each model and each of its classes the position in the signature's.
  private final List<int[]> positions;
  private final double[] weights;
  private final double weightSum;
  private final boolean isReal;
  private final boolean isSymmetric;

  private AdaBoostClassifier(
      Signature signature,
      List<Model> models,
      List<int[]> positions,
      double[] weights,
      double weightSum,
      boolean isReal,
      boolean isSymmetric) {
    this.signature = signature;
    this.models = models;
    this.positions = positions;
    this.weights = weights;
    this.weightSum = weightSum;
    this.isReal = isReal;
    this.isSymmetric = isSymmetric;
  }

  public static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    boolean isReal = isReal(attributes);
    if (!isReal && SklearnVersion.isBefore(attributes, 0, 22)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "before scikit-learn 0.22 the probabilities of SAMME were others; fit it again");
    }
    List<Model> models = BaseModels.read(attributes, true);
    int features = BaseModels.features(attributes, models);
    List<int[]> positions = new ArrayList<>();
    for (Model model : models) {
      positions.add(BaseModels.positions(attributes, model, labels));
      if (isReal && model.signature().probabilityWidth() != labels.size()) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "SAMME.R needs probabilities of all classes");
      }
    }
    double[] weights = AdaBoostWeights.read(attributes, models.size());
    double weightSum = 0;
    for (double weight : weights) {
      weightSum += weight;
    }
    if (weightSum == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "estimator_weights_ are all 0");
    }
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, features))
            .classes(labels)
            .hasProbabilities(true)
            .decisionWidth(labels.size() == 2 ? 1 : labels.size())
            .build();
    return new AdaBoostClassifier(
        signature,
        models,
        positions,
        weights,
        weightSum,
        isReal,
        !SklearnVersion.isBefore(attributes, 1, 3));
  }

  /** From 1.6 on there is only SAMME, whatever the parameter says. */
  private static boolean isReal(Attributes attributes) {
    return switch (attributes.text("algorithm").orElse("SAMME")) {
      case "SAMME.R" -> true;
      case "SAMME", "deprecated" -> false;
      default ->
          throw attributes.invalid(Reason.MODEL_INVALID, "algorithm is neither SAMME nor SAMME.R");
    };
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.probabilityWidth();
    double[] sums = new double[(to - from) * classes];
    for (int i = 0; i < models.size(); i++) {
      Model model = models.get(i);
      Scores votes = Scores.of(model.signature(), rows.count(), isReal, false);
      model.score(rows, from, to, votes);
      for (int row = from; row < to; row++) {
        if (isReal) {
          addLogarithms(votes, row, positions.get(i), sums, (row - from) * classes);
        } else {
          addVote(votes, row, i, sums, (row - from) * classes);
        }
      }
    }
    for (int row = from; row < to; row++) {
      write(sums, (row - from) * classes, row, scores);
    }
  }

  /** Until 1.2 a label that was not voted for got nothing. */
  private void addVote(Scores votes, int row, int model, double[] sums, int at) {
    int classes = signature.probabilityWidth();
    int voted = positions.get(model)[votes.labels()[row]];
    double weight = weights[model];
    for (int k = 0; k < classes; k++) {
      if (k == voted) {
        sums[at + k] += weight;
      } else if (isSymmetric) {
        sums[at + k] += -1.0 / (classes - 1) * weight;
      }
    }
  }

  private void addLogarithms(Scores votes, int row, int[] positions, double[] sums, int at) {
    int classes = positions.length;
    double[] logarithms = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double share = Math.max(votes.probabilities()[row * classes + k], Math.ulp(1.0));
      logarithms[positions[k]] = Math.log(share);
      sum += Math.log(share);
    }
    for (int k = 0; k < classes; k++) {
      sums[at + k] += (classes - 1) * (logarithms[k] - 1.0 / classes * sum);
    }
  }

  private void write(double[] sums, int at, int row, Scores scores) {
    int classes = signature.probabilityWidth();
    for (int k = 0; k < classes; k++) {
      sums[at + k] /= weightSum;
    }
    double[] decisions = scores.decisions();
    double[] probabilities = scores.probabilities();
    if (classes == 2) {
      double decision = sums[at + 1] - sums[at];
      scores.labels()[row] = decision > 0 ? 1 : 0;
      if (decisions != null) {
        decisions[row] = decision;
      }
      if (probabilities != null) {
        double[] halves = {-decision / 2, decision / 2};
        ClassLink.softmax(halves, 0, probabilities, row * 2, 2);
      }
      return;
    }
    scores.labels()[row] = ClassLink.largest(sums, at, classes);
    if (decisions != null) {
      System.arraycopy(sums, at, decisions, row * classes, classes);
    }
    if (probabilities != null) {
      for (int k = 0; k < classes; k++) {
        sums[at + k] /= classes - 1;
      }
      ClassLink.softmax(sums, at, probabilities, row * classes, classes);
    }
  }
}
