/** Callers known by a client certificate that a proxy in front has checked. */
package dev.flightdelay.predictor.auth.certificate;
