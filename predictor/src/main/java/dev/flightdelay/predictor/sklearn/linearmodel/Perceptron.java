package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.Optional;

/** Perceptron: decisions without probabilities. */
public final class Perceptron {

  private Perceptron() {}

  public static Model read(Attributes attributes) {
    return LinearClassifier.read(attributes, ClassLabels.read(attributes), Optional.empty());
  }
}
