/** Vectorizers of texts and dictionaries; their token patterns run in linear time. */
package dev.flightdelay.predictor.sklearn.featureextraction;
