/** A random exploration of states and troubles, and an oracle that knows what they come to. */
package dev.flightdelay.operator.exploration;
