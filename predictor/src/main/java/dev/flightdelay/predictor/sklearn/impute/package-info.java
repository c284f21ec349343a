/** Imputers of missing values. */
package dev.flightdelay.predictor.sklearn.impute;
