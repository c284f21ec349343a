/**
 * What a connection has of its server, whatever protocol it speaks: its limits, gate, routes and
 * scheduler, the counts that all share, and somebody who looks after its deadlines.
 */
package dev.flightdelay.predictor.dataplane.server;
