/** Pipeline and FeatureUnion. */
package dev.flightdelay.predictor.sklearn.pipeline;
