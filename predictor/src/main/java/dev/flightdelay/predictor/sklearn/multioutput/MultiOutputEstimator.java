package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.ArrayList;
import java.util.List;

/** MultiOutputClassifier and MultiOutputRegressor: an estimator for each output. */
final class MultiOutputEstimator implements Model {

  private final Signature signature;
  private final List<Model> models;

  private MultiOutputEstimator(Signature signature, List<Model> models) {
    this.signature = signature;
    this.models = models;
  }

  static Model classifier(Attributes attributes) {
    List<Model> models = models(attributes);
    List<Labels> labels = new ArrayList<>();
    for (Model model : models) {
      labels.add(
          model
              .signature()
              .labels()
              .orElseThrow(
                  () -> attributes.invalid(Reason.MODEL_INVALID, "an output has no classes")));
    }
    return new MultiOutputEstimator(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .hasProbabilities(
                models.stream().allMatch(model -> model.signature().hasProbabilities()))
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models);
  }

  static Model regressor(Attributes attributes) {
    List<Model> models = models(attributes);
    if (models.stream().anyMatch(model -> model.signature().labels().isPresent())) {
      throw attributes.invalid(Reason.UNSUPPORTED, "one of its estimators is a classifier");
    }
    return new MultiOutputEstimator(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .outputs(models.size())
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models);
  }

  private static List<Model> models(Attributes attributes) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    if (models.stream().anyMatch(model -> model.signature().outputs() != 1)) {
      throw attributes.invalid(Reason.UNSUPPORTED, "one of its estimators has several outputs");
    }
    return models;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = models.size();
    Rows part = InnerModels.part(rows, from, to);
    int column = 0;
    for (int m = 0; m < outputs; m++) {
      Model model = models.get(m);
      Scores one = model.score(part, scores.probabilities() != null, false);
      int width = model.signature().probabilityWidth();
      for (int i = 0; i < to - from; i++) {
        int at = (from + i) * outputs + m;
        if (scores.labels() != null) {
          scores.labels()[at] = one.labels()[i];
        } else {
          scores.values()[at] = one.values()[i];
        }
        if (scores.probabilities() != null) {
          System.arraycopy(
              one.probabilities(),
              i * width,
              scores.probabilities(),
              (from + i) * signature.probabilityWidth() + column,
              width);
        }
      }
      column += width;
    }
  }
}
