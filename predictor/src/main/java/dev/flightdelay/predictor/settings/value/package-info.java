/** What can be set, and how its text is read. */
package dev.flightdelay.predictor.settings.value;
