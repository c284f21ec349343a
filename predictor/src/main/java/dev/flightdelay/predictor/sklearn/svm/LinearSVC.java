package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearClassifier;
import java.util.Optional;

/** LinearSVC: linear decisions without probabilities. */
final class LinearSVC {

  private LinearSVC() {}

  static Model read(Attributes attributes) {
    return LinearClassifier.read(attributes, ClassLabels.read(attributes), Optional.empty());
  }
}
