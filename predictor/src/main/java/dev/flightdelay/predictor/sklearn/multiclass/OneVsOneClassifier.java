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
import dev.flightdelay.predictor.sklearn.LargestScore;
import dev.flightdelay.predictor.sklearn.OneVsOneVotes;
import java.util.List;

/** OneVsOneClassifier: for each pair of classes an estimator, and votes. */
final class OneVsOneClassifier implements Model {

  private final Signature signature;
  private final List<Model> models;
  private final int classes;

  private OneVsOneClassifier(Signature signature, List<Model> models, int classes) {
    this.signature = signature;
    this.models = models;
    this.classes = classes;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    if (attributes.has("pairwise_indices_")) {
      throw attributes.invalid(Reason.UNSUPPORTED, "its kernel is precomputed");
    }
    List<Model> models = InnerModels.read(attributes, "estimators_");
    long pairs = labels.size() * (labels.size() - 1L) / 2;
    if (models.size() != pairs) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d estimators for %d pairs of classes".formatted(models.size(), pairs));
    }
    BinaryScore.require(attributes, models);
    for (Model model : models) {
      if (model.signature().labels().isEmpty()) {
        throw attributes.invalid(Reason.UNSUPPORTED, "its estimators are regressors");
      }
    }
    return new OneVsOneClassifier(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .decisionWidth(labels.size() == 2 ? 1 : labels.size())
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models,
        labels.size());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = to - from;
    int pairs = models.size();
    Rows part = InnerModels.part(rows, from, to);
    boolean[] second = new boolean[count * pairs];
    double[] confidences = new double[count * pairs];
    for (int m = 0; m < pairs; m++) {
      Scores one = BinaryScore.score(models.get(m), part, false);
      for (int i = 0; i < count; i++) {
        second[i * pairs + m] = one.labels()[i] == 1;
        confidences[i * pairs + m] = BinaryScore.of(one, i);
      }
    }
    boolean[] rowSecond = new boolean[pairs];
    double[] rowConfidences = new double[pairs];
    double[] decisions = new double[classes];
    double threshold = BinaryScore.threshold(models.getFirst());
    for (int i = 0; i < count; i++) {
      System.arraycopy(second, i * pairs, rowSecond, 0, pairs);
      System.arraycopy(confidences, i * pairs, rowConfidences, 0, pairs);
      OneVsOneVotes.apply(rowSecond, rowConfidences, classes, decisions, 0);
      scores.labels()[from + i] =
          classes == 2 ? decisions[1] > threshold ? 1 : 0 : LargestScore.of(decisions, 0, classes);
      if (scores.decisions() != null) {
        if (classes == 2) {
          scores.decisions()[from + i] = decisions[1];
        } else {
          System.arraycopy(decisions, 0, scores.decisions(), (from + i) * classes, classes);
        }
      }
    }
  }
}
