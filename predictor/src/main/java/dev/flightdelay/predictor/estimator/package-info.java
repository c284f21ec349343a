/**
 * What a family of estimators is made of: how their pickled attributes are read, and which globals
 * they may name.
 */
package dev.flightdelay.predictor.estimator;
