/** TransformedTargetRegressor. */
package dev.flightdelay.predictor.sklearn.target;
