/**
 * What a request and response format is: it turns a body into rows, and scores into an answer; what
 * formats share; and {@code instances}. The others have packages of their own.
 */
package dev.flightdelay.predictor.dialect;
