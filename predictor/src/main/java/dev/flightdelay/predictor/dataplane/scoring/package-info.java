/**
 * From the bytes of a request's body to those of its answer, and where that happens: on the event
 * loop, on a worker, or nowhere when too much is asked (backpressure).
 */
package dev.flightdelay.predictor.dataplane.scoring;
