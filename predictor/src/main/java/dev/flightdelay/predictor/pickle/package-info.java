/**
 * Reads a pickle without executing it: the opcodes are verified, every global is held against an
 * allow-list, and what comes out are plain objects.
 */
package dev.flightdelay.predictor.pickle;
