package dev.flightdelay.predictor.sklearn.neuralnetwork;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;
import java.util.List;

/** The layers of a perceptron, from {@code coefs_} and {@code intercepts_}, one after the other. */
final class Layers {

  private final Matrix[] weights;
  private final double[][] intercepts;
  private final Activation hidden;
  private final Activation last;
  private final int widest;

  private Layers(
      Matrix[] weights, double[][] intercepts, Activation hidden, Activation last, int widest) {
    this.weights = weights;
    this.intercepts = intercepts;
    this.hidden = hidden;
    this.last = last;
    this.widest = widest;
  }

  static Layers read(Attributes attributes) {
    List<Object> coefs = attributes.list("coefs_");
    List<Object> biases = attributes.list("intercepts_");
    if (coefs.isEmpty() || coefs.size() != biases.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "coefs_ has %d layers, intercepts_ %d".formatted(coefs.size(), biases.size()));
    }
    Matrix[] weights = new Matrix[coefs.size()];
    double[][] intercepts = new double[weights.length][];
    int widest = 0;
    for (int i = 0; i < weights.length; i++) {
      Matrix matrix = Matrix.of(attributes, coefs.get(i), "coefs_");
      int inputs = i == 0 ? matrix.rows() : weights[i - 1].columns();
      weights[i] = matrix.require(attributes, "coefs_", inputs, matrix.columns());
      intercepts[i] = Matrix.vector(attributes, biases.get(i), "intercepts_");
      if (intercepts[i].length != matrix.columns() || matrix.columns() < 1 || inputs < 1) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "intercepts_ has %d numbers for a layer of %d"
                .formatted(intercepts[i].length, matrix.columns()));
      }
      widest = Math.max(widest, matrix.columns());
    }
    return new Layers(
        weights,
        intercepts,
        Activation.read(attributes, "activation"),
        Activation.read(attributes, "out_activation_"),
        widest);
  }

  int inputs() {
    return weights[0].rows();
  }

  int outputs() {
    return weights[weights.length - 1].columns();
  }

  /** The width of the widest layer, which the arrays of {@link #forward} need. */
  int widest() {
    return widest;
  }

  /**
   * The outputs for the row at {@code offset}.
   *
   * @return {@code one} or {@code other}, of which the first {@link #outputs()} numbers count
   */
  double[] forward(double[] values, int offset, double[] one, double[] other) {
    double[] inputs = values;
    int at = offset;
    double[] outputs = one;
    for (int layer = 0; layer < weights.length; layer++) {
      int count = weights[layer].columns();
      multiply(weights[layer], inputs, at, outputs);
      for (int k = 0; k < count; k++) {
        outputs[k] += intercepts[layer][k];
      }
      (layer == weights.length - 1 ? last : hidden).apply(outputs, count);
      inputs = outputs;
      at = 0;
      outputs = outputs == one ? other : one;
    }
    return inputs;
  }

  private static void multiply(Matrix weights, double[] inputs, int at, double[] outputs) {
    int count = weights.columns();
    double[] numbers = weights.values();
    Arrays.fill(outputs, 0, count, 0);
    for (int i = 0; i < weights.rows(); i++) {
      double input = inputs[at + i];
      int row = i * count;
      for (int k = 0; k < count; k++) {
        outputs[k] += input * numbers[row + k];
      }
    }
  }
}
