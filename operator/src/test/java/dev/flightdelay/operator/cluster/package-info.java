/** A real API server with its controllers for the tests, and fakes for what needs a node. */
package dev.flightdelay.operator.cluster;
