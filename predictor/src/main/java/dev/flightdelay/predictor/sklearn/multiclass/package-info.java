/** One-vs-rest, one-vs-one and output codes. */
package dev.flightdelay.predictor.sklearn.multiclass;
