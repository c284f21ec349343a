/**
 * The port that callers ask: a server of its own, which gives each connection to the protocol that
 * is spoken on it. Below it, from top to bottom: the protocols ({@code http1}), what all their
 * connections have in common ({@code server}), {@code route}, {@code scoring} and {@code
 * admission}; each knows only what is below it.
 */
package dev.flightdelay.predictor.dataplane;
