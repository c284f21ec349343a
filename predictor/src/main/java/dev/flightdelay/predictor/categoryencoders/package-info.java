/** The encoders of the package category_encoders: ordinal, one-hot, target and count. */
package dev.flightdelay.predictor.categoryencoders;
