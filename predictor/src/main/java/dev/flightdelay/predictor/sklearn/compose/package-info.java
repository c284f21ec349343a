/** ColumnTransformer, and how it selects columns. */
package dev.flightdelay.predictor.sklearn.compose;
