/**
 * Who may ask and how much: the limits of the data plane, and what is found of a request's
 * credentials, in whatever protocol they come.
 */
package dev.flightdelay.predictor.dataplane.admission;
