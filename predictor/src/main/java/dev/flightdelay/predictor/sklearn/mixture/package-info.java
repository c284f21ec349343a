/** GaussianMixture. */
package dev.flightdelay.predictor.sklearn.mixture;
