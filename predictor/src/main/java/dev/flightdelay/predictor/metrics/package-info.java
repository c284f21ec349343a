/** What is counted and timed, for Prometheus. */
package dev.flightdelay.predictor.metrics;
