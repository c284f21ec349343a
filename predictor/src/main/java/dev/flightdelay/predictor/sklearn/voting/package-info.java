/** Voting and stacking. */
package dev.flightdelay.predictor.sklearn.voting;
