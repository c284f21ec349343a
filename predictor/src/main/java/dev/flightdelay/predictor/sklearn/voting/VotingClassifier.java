package dev.flightdelay.predictor.sklearn.voting;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.EncodedLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import dev.flightdelay.predictor.sklearn.LargestScore;
import java.util.List;

/** VotingClassifier: the mean of probabilities (soft), or the most votes (hard). */
final class VotingClassifier implements Model {

  private final Signature signature;
  private final List<Model> models;
  private final double[] weights;
  private final double weightSum;
  // For each model, what class each of its labels is; null where probabilities are averaged.
  private final int[][] votes;

  private VotingClassifier(
      Signature signature, List<Model> models, double[] weights, int[][] votes) {
    this.signature = signature;
    this.models = models;
    this.weights = weights;
    this.votes = votes;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    this.weightSum = sum;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    List<Model> models = InnerModels.read(attributes, "estimators_");
    boolean soft =
        switch (attributes.text("voting").orElse("hard")) {
          case "soft" -> true;
          case "hard" -> false;
          default -> throw attributes.invalid(Reason.MODEL_INVALID, "voting is not hard or soft");
        };
    for (Model model : models) {
      if (soft
          && (!model.signature().hasProbabilities()
              || model.signature().outputs() != 1
              || model.signature().probabilityWidth() != labels.size())) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s has no probabilities of %d classes"
                .formatted(model.signature().estimator(), labels.size()));
      }
    }
    int[][] votes = soft ? null : EncodedLabels.read(attributes, models, labels.size());
    return new VotingClassifier(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .hasProbabilities(soft)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models,
        Weights.read(attributes, models.size()),
        votes);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.classes().getFirst().size();
    double[] sums = new double[(to - from) * classes];
    Rows part = InnerModels.part(rows, from, to);
    for (int m = 0; m < models.size(); m++) {
      Scores one = models.get(m).score(part, votes == null, false);
      if (votes == null) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weights[m] * one.probabilities()[i];
        }
      } else {
        for (int i = 0; i < to - from; i++) {
          sums[i * classes + votes[m][one.labels()[i]]] += weights[m];
        }
      }
    }
    for (int i = 0; i < sums.length && votes == null; i++) {
      sums[i] /= weightSum;
    }
    for (int row = from; row < to; row++) {
      scores.labels()[row] = LargestScore.of(sums, (row - from) * classes, classes);
    }
    if (scores.probabilities() != null) {
      System.arraycopy(sums, 0, scores.probabilities(), from * classes, sums.length);
    }
  }
}
