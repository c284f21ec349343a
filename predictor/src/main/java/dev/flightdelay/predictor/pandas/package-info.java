/**
 * The parts of pandas that stand in pickles: frames, series and indexes, of which little is looked
 * at.
 */
package dev.flightdelay.predictor.pandas;
