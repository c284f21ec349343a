/** Linear and quadratic discriminant analysis. */
package dev.flightdelay.predictor.sklearn.discriminant;
