/**
 * From a file's bytes to a model: which format it is, which estimator is the entry, and who reads
 * it.
 */
package dev.flightdelay.predictor.reader;
