/** Several outputs: one model each, or a chain of them. */
package dev.flightdelay.predictor.sklearn.multioutput;
