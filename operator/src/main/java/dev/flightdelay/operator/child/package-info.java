/**
 * The objects that a FlightDelayModel becomes: one class a kind, which says how one should be and
 * reads back what it wrote on it. {@link dev.flightdelay.operator.child.Children} lists the kinds
 * that each version has.
 */
package dev.flightdelay.operator.child;
