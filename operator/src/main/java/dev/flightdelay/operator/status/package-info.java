/** What the custom resource says of itself, and the events that tell its story. */
package dev.flightdelay.operator.status;
