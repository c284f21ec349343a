/**
 * The command {@code serve}: fetch, read, then answer, in that order, with exit codes that say what
 * went wrong.
 */
package dev.flightdelay.predictor.serve;
