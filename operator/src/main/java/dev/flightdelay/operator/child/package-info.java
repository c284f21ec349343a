/** The objects that a FlightDelayModel becomes: one class a kind, from values to values. */
package dev.flightdelay.operator.child;
