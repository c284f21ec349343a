/** CalibratedClassifierCV. */
package dev.flightdelay.predictor.sklearn.calibration;
