/**
 * Who may ask: the schemes that are set, one after the other. Each is checked off the event loop
 * where it costs time.
 */
package dev.flightdelay.predictor.auth;
