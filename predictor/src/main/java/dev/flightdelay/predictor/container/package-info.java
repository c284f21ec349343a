/**
 * What is around a pickle: compressions, which are undone within bounds (decompression bombs are
 * refused), and other formats, which are named so that a person learns what was uploaded.
 */
package dev.flightdelay.predictor.container;
