/** What each column added to what a model of trees or weights answers: exact Shapley values. */
package dev.flightdelay.predictor.explain;
