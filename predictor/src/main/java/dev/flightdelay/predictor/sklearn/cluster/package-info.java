/** KMeans and MiniBatchKMeans. */
package dev.flightdelay.predictor.sklearn.cluster;
