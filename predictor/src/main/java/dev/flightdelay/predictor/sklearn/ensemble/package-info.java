/** Boosting, bagging and isolation forests; forests themselves are trees. */
package dev.flightdelay.predictor.sklearn.ensemble;
