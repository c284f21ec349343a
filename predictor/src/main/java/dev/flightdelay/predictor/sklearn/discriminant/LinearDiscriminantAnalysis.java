package dev.flightdelay.predictor.sklearn.discriminant;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearClassifier;
import dev.flightdelay.predictor.sklearn.linearmodel.ProbabilityLink;
import java.util.Optional;

/** LinearDiscriminantAnalysis: linear decisions, which are logarithms of probabilities. */
final class LinearDiscriminantAnalysis {

  private LinearDiscriminantAnalysis() {}

  /** Until 0.21 several classes were taken one against the rest. */
  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    boolean logistic = labels.size() == 2 || SklearnVersion.isBefore(attributes, 0, 22);
    return LinearClassifier.read(
        attributes,
        labels,
        Optional.of(logistic ? ProbabilityLink::logistic : ProbabilityLink::softmax));
  }
}
