/** IsotonicRegression, an interpolation. */
package dev.flightdelay.predictor.sklearn.isotonic;
