/**
 * The request and response formats: the Open Inference Protocol, {@code instances}, and those of
 * earlier systems whose clients go on; each turns a body into rows, and scores into an answer.
 */
package dev.flightdelay.predictor.dialect;
