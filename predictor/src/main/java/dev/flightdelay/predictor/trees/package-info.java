/** Scores many rows by many trees at once (QuickScorer), whichever library made the trees. */
package dev.flightdelay.predictor.trees;
