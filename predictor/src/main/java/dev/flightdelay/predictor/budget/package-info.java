/** What reading one file may make, counted before it is made: a decompression bomb ends here. */
package dev.flightdelay.predictor.budget;
