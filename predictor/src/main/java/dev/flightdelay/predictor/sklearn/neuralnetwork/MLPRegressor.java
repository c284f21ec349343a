package dev.flightdelay.predictor.sklearn.neuralnetwork;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;

/** MLPRegressor: the outputs of its last layer. */
final class MLPRegressor implements Model {

  private final Signature signature;
  private final Layers layers;

  private MLPRegressor(Signature signature, Layers layers) {
    this.signature = signature;
    this.layers = layers;
  }

  static Model read(Attributes attributes) {
    Layers layers = Layers.read(attributes);
    return new MLPRegressor(
        FittedSignature.of(attributes, FeatureNames.read(attributes, layers.inputs()))
            .outputs(layers.outputs())
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
      System.arraycopy(answer, 0, scores.values(), row * outputs, outputs);
    }
  }
}
