package dev.flightdelay.predictor.sklearn.neuralnetwork;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code neural_network}; until 0.21 its modules had no underscore. */
public final class NeuralNetworkFamily {

  private static final String PACKAGE = "sklearn.neural_network.";
  private static final String[] PERCEPTRON = {
    PACKAGE + "_multilayer_perceptron", PACKAGE + "multilayer_perceptron"
  };
  private static final String WHY = "how the weights were fitted";

  public static final Family FAMILY =
      Family.builder()
          .model(MLPClassifier::read, "MLPClassifier", PERCEPTRON)
          .model(MLPRegressor::read, "MLPRegressor", PERCEPTRON)
          .unread(WHY, PACKAGE + "_stochastic_optimizers", "AdamOptimizer", "SGDOptimizer")
          .unread(WHY, PACKAGE + "stochastic_optimizers", "AdamOptimizer", "SGDOptimizer")
          .build();

  private NeuralNetworkFamily() {}
}
