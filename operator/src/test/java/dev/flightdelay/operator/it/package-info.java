/** Stories of the operator on a real API server: what is done to it, and what must hold then. */
package dev.flightdelay.operator.it;
