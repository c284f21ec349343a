/** DummyClassifier and DummyRegressor. */
package dev.flightdelay.predictor.sklearn.dummy;
