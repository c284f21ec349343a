/** MLPClassifier and MLPRegressor. */
package dev.flightdelay.predictor.sklearn.neuralnetwork;
