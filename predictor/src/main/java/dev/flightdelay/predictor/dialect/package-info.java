/**
 * The request and response formats: the Open Inference Protocol and {@code instances}; each turns a
 * body into rows, and scores into an answer.
 */
package dev.flightdelay.predictor.dialect;
