package dev.flightdelay.predictor.sklearn.neuralnetwork;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.LargestScore;

/** The activation of a layer: {@code neural_network/_base.py}. */
enum Activation {
  IDENTITY,
  LOGISTIC,
  TANH,
  RELU,
  SOFTMAX,
  EXP;

  static Activation read(Attributes attributes, String name) {
    return switch (attributes.text(name).orElse("")) {
      case "identity" -> IDENTITY;
      case "logistic" -> LOGISTIC;
      case "tanh" -> TANH;
      case "relu" -> RELU;
      case "softmax" -> SOFTMAX;
      case "exp" -> EXP;
      default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID, "%s is no activation of scikit-learn".formatted(name));
    };
  }

  /** Replaces the first {@code count} of {@code values}. */
  void apply(double[] values, int count) {
    switch (this) {
      case IDENTITY -> {}
      case LOGISTIC -> {
        for (int i = 0; i < count; i++) {
          values[i] = 1 / (1 + Math.exp(-values[i]));
        }
      }
      case TANH -> {
        for (int i = 0; i < count; i++) {
          values[i] = Math.tanh(values[i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < count; i++) {
          values[i] = Math.max(values[i], 0);
        }
      }
      case SOFTMAX -> {
        double largest = values[LargestScore.of(values, 0, count)];
        double sum = 0;
        for (int i = 0; i < count; i++) {
          values[i] = Math.exp(values[i] - largest);
          sum += values[i];
        }
        for (int i = 0; i < count; i++) {
          values[i] /= sum;
        }
      }
      case EXP -> {
        for (int i = 0; i < count; i++) {
          values[i] = Math.exp(values[i]);
        }
      }
    }
  }
}
