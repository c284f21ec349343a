/**
 * Nearest neighbors, by brute force and by trees, and what classifies, regresses and detects
 * outliers by them.
 */
package dev.flightdelay.predictor.sklearn.neighbors;
