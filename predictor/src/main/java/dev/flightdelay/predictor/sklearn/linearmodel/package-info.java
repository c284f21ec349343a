/** Linear and generalized linear models. */
package dev.flightdelay.predictor.sklearn.linearmodel;
