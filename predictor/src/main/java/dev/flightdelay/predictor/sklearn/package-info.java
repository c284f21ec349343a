/**
 * What scikit-learn's estimators share: versions, feature names, class labels, steps between rows.
 */
package dev.flightdelay.predictor.sklearn;
