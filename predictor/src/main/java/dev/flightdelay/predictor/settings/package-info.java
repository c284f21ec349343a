/** How the predictor serves: its settings, from environment variables and arguments, checked. */
package dev.flightdelay.predictor.settings;
