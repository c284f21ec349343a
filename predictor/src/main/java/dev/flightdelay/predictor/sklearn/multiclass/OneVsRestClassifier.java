package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.Arrays;
import java.util.List;

/** OneVsRestClassifier: for each class an estimator of that class; one alone for two classes. */
final class OneVsRestClassifier implements Model {

  private final Signature signature;
  private final List<Model> models;

  private OneVsRestClassifier(Signature signature, List<Model> models) {
    this.signature = signature;
    this.models = models;
  }

  static Model read(Attributes attributes) {
    Attributes targets = attributes.object("label_binarizer_");
    if (targets.text("y_type_").orElse("").startsWith("multilabel")) {
      return MultilabelOneVsRest.read(attributes);
    }
    Labels labels = ClassLabels.read(targets);
    List<Model> models = InnerModels.read(attributes, "estimators_");
    if (models.size() != (labels.size() == 2 ? 1 : labels.size())) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d estimators for %d classes".formatted(models.size(), labels.size()));
    }
    BinaryScore.require(attributes, models);
    boolean probabilities = models.stream().allMatch(m -> m.signature().hasProbabilities());
    boolean decisions = models.stream().allMatch(m -> m.signature().decisionWidth() == 1);
    return new OneVsRestClassifier(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .hasProbabilities(probabilities)
            .decisionWidth(decisions ? models.size() : 0)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = to - from;
    int outputs = models.size();
    Rows part = InnerModels.part(rows, from, to);
    double[] largest = new double[count];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (int m = 0; m < outputs; m++) {
      Scores one = BinaryScore.score(models.get(m), part, scores.probabilities() != null);
      for (int i = 0; i < count; i++) {
        double score = BinaryScore.of(one, i);
        if (outputs == 1) {
          scores.labels()[from + i] = score > BinaryScore.threshold(models.get(m)) ? 1 : 0;
        } else if (score >= largest[i]) {
          // Of several largest scores scikit-learn takes the last.
          largest[i] = score;
          scores.labels()[from + i] = m;
        }
        if (scores.decisions() != null) {
          scores.decisions()[(from + i) * outputs + m] = one.decisions()[i];
        }
        if (scores.probabilities() != null) {
          double p = one.probabilities()[2 * i + 1];
          if (outputs == 1) {
            scores.probabilities()[2 * (from + i)] = 1 - p;
            scores.probabilities()[2 * (from + i) + 1] = p;
          } else {
            scores.probabilities()[(from + i) * outputs + m] = p;
          }
        }
      }
    }
    if (scores.probabilities() != null && outputs > 1) {
      for (int row = from; row < to; row++) {
        normalise(scores.probabilities(), row * outputs, outputs);
      }
    }
  }

  /** Where all are 0 they stay so. */
  private static void normalise(double[] probabilities, int offset, int classes) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += probabilities[offset + k];
    }
    for (int k = 0; k < classes && sum != 0; k++) {
      probabilities[offset + k] /= sum;
    }
  }
}
