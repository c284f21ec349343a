/** The predictor's commands: {@code serve}, {@code score} and {@code inspect} of one model file. */
package dev.flightdelay.predictor;
