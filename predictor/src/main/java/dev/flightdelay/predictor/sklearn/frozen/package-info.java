/** FrozenEstimator, which is what it wraps. */
package dev.flightdelay.predictor.sklearn.frozen;
