package dev.flightdelay.predictor.sklearn.neuralnetwork;

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
import dev.flightdelay.predictor.sklearn.LargestScore;

/** MLPClassifier: one output for two classes, else one for each. */
final class MLPClassifier implements Model {

  private final Signature signature;
  private final Layers layers;

  private MLPClassifier(Signature signature, Layers layers) {
    this.signature = signature;
    this.layers = layers;
  }

  static Model read(Attributes attributes) {
    Attributes targets = attributes.object("_label_binarizer");
    if (targets.text("y_type_").orElse("").startsWith("multilabel")) {
      throw attributes.invalid(Reason.UNSUPPORTED, "it was fitted with several labels a row");
    }
    Labels labels = ClassLabels.read(targets);
    Layers layers = Layers.read(attributes);
    if (layers.outputs() != (labels.size() == 2 ? 1 : labels.size())) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d outputs for %d classes".formatted(layers.outputs(), labels.size()));
    }
    return new MLPClassifier(
        FittedSignature.of(attributes, FeatureNames.read(attributes, layers.inputs()))
            .classes(labels)
            .hasProbabilities(true)
            .build(),
        layers);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] one = new double[layers.widest()];
    double[] other = new double[layers.widest()];
    int outputs = layers.outputs();
    for (int row = from; row < to; row++) {
      double[] answer = layers.forward(rows.values(), row * rows.width(), one, other);
      scores.labels()[row] =
          outputs == 1 ? answer[0] > 0.5 ? 1 : 0 : LargestScore.of(answer, 0, outputs);
      if (scores.probabilities() != null) {
        if (outputs == 1) {
          scores.probabilities()[2 * row] = 1 - answer[0];
          scores.probabilities()[2 * row + 1] = answer[0];
        } else {
          System.arraycopy(answer, 0, scores.probabilities(), row * outputs, outputs);
        }
      }
    }
  }
}
