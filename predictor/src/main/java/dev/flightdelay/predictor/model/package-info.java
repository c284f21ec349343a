/**
 * What every model is once it has been read: a signature, rows in, scores out, and what a row may
 * cost.
 */
package dev.flightdelay.predictor.model;
