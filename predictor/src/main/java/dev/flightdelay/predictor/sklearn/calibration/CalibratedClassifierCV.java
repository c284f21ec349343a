package dev.flightdelay.predictor.sklearn.calibration;

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
import java.util.ArrayList;
import java.util.List;

/** CalibratedClassifierCV: the mean of calibrated classifiers' probabilities. */
public final class CalibratedClassifierCV implements Model {

  private final Signature signature;
  private final List<CalibratedClassifier> parts;

  private CalibratedClassifierCV(Signature signature, List<CalibratedClassifier> parts) {
    this.signature = signature;
    this.parts = parts;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    List<CalibratedClassifier> parts = new ArrayList<>();
    for (Object item : attributes.list("calibrated_classifiers_")) {
      parts.add(
          CalibratedClassifier.read(attributes.object(item, "calibrated_classifiers_"), labels));
    }
    if (parts.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "calibrated_classifiers_ is empty");
    }
    List<Model> models = parts.stream().map(CalibratedClassifier::model).toList();
    return new CalibratedClassifierCV(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .hasProbabilities(true)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        List.copyOf(parts));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.probabilityWidth();
    double[] means = new double[(to - from) * classes];
    for (CalibratedClassifier part : parts) {
      part.add(rows, from, to, means);
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= parts.size();
    }
    for (int row = from; row < to; row++) {
      scores.labels()[row] = LargestScore.of(means, (row - from) * classes, classes);
    }
    if (scores.probabilities() != null) {
      System.arraycopy(means, 0, scores.probabilities(), from * classes, means.length);
    }
  }
}
