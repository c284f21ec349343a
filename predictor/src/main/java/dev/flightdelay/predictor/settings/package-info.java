/** Settings, from environment variables and arguments, each with its check and its help. */
package dev.flightdelay.predictor.settings;
