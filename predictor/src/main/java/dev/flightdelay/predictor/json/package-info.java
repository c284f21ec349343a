/**
 * A JSON reader and writer for the hot path: numbers go from bytes to doubles without objects
 * between.
 */
package dev.flightdelay.predictor.json;
