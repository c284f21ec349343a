/** PLSRegression and its kin. */
package dev.flightdelay.predictor.sklearn.crossdecomposition;
