/** The request formats of earlier systems, whose clients go on as they are. */
package dev.flightdelay.predictor.dialect.legacy;
