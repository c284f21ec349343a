/** Selectors of columns, once fitted a list of those that stay. */
package dev.flightdelay.predictor.sklearn.featureselection;
