/**
 * The port that callers ask: an HTTP/1.1 server of its own, which parses requests, admits them
 * (backpressure, rate limits, deadlines against slow senders) and has them scored on the event loop
 * or on a worker.
 */
package dev.flightdelay.predictor.dataplane;
