/** Scalers, encoders and other transformers of columns. */
package dev.flightdelay.predictor.sklearn.preprocessing;
