package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The estimators of an ensemble of any kind: {@code estimators_}. */
final class BaseModels {

  private BaseModels() {}

  /** Classifiers or regressors of one output. */
  static List<Model> read(Attributes attributes, boolean classifiers) {
    List<Model> models = new ArrayList<>();
    for (Object estimator : attributes.list("estimators_")) {
      Model model = attributes.model(estimator, "estimators_");
      Signature signature = model.signature();
      if (signature.classes().isEmpty() == classifiers || signature.outputs() != 1) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "its %s does not predict one %s"
                .formatted(signature.estimator(), classifiers ? "label" : "number"));
      }
      models.add(model);
    }
    if (models.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "estimators_ is empty");
    }
    return models;
  }

  /** For each of a model's classes its position in {@code labels}. */
  static int[] positions(Attributes attributes, Model model, Labels labels) {
    Labels own = model.signature().classes().getFirst();
    Map<Object, Integer> known = labels.positions();
    int[] positions = new int[own.size()];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = known.getOrDefault(own.value(k), -1);
      if (positions[k] < 0) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s knows a label that is not in classes_"
                .formatted(model.signature().estimator()));
      }
    }
    return positions;
  }

  /** The columns of a row that all models take. */
  static int features(Attributes attributes, List<Model> models) {
    int features = models.getFirst().signature().features().count();
    for (Model model : models) {
      if (model.signature().features().count() != features) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "its estimators are for different numbers of features");
      }
    }
    return features;
  }
}
