/** imbalanced-learn's Pipeline, whose samplers do nothing in {@code predict}, and its forests. */
package dev.flightdelay.predictor.imblearn;
