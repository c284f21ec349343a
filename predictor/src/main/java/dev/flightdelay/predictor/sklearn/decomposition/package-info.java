/** PCA and other projections onto fewer columns. */
package dev.flightdelay.predictor.sklearn.decomposition;
