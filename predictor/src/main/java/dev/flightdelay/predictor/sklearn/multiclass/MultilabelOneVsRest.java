package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.Collections;
import java.util.List;

/**
 * OneVsRestClassifier that was fitted with several labels a row: for each label an output of 0 or
 * 1. The library gives the probabilities of 1 alone; here, as for any model of several outputs,
 * those of 0 stand beside them.
 */
record MultilabelOneVsRest(Signature signature, List<Model> models) implements Model {

  static Model read(Attributes attributes) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    if (models.size() < 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "several labels a row, and one estimator: they disagree");
    }
    BinaryScore.require(attributes, models);
    Labels labels = new Labels(Labels.Kind.INTEGER, List.of(0L, 1L));
    return new MultilabelOneVsRest(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(Collections.nCopies(models.size(), labels))
            .hasProbabilities(models.stream().allMatch(m -> m.signature().hasProbabilities()))
            .decisionWidth(
                models.stream().allMatch(m -> m.signature().decisionWidth() == 1)
                    ? models.size()
                    : 0)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = models.size();
    Rows part = InnerModels.part(rows, from, to);
    // The library asks the first estimator alone what to compare with.
    double threshold = BinaryScore.threshold(models.getFirst());
    for (int m = 0; m < outputs; m++) {
      Scores one = BinaryScore.score(models.get(m), part, scores.probabilities() != null);
      for (int i = 0; i < to - from; i++) {
        int at = (from + i) * outputs + m;
        scores.labels()[at] = BinaryScore.of(one, i) > threshold ? 1 : 0;
        if (scores.decisions() != null) {
          scores.decisions()[at] = one.decisions()[i];
        }
        if (scores.probabilities() != null) {
          double p = one.probabilities()[2 * i + 1];
          scores.probabilities()[2 * at] = 1 - p;
          scores.probabilities()[2 * at + 1] = p;
        }
      }
    }
  }
}
