/**
 * Rows of files, scored as they are read and written as they are scored: CSV and JSON lines, of any
 * length.
 */
package dev.flightdelay.predictor.score;
