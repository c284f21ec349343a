/** LightGBM's models, from pickles and from its text files. */
package dev.flightdelay.predictor.lightgbm;
