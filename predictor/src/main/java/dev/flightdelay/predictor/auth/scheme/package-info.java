/**
 * What an authentication scheme is, and what schemes share: credentials are kept as hashes, what
 * was found out of them for a while, and what takes longer is found out on other threads.
 */
package dev.flightdelay.predictor.auth.scheme;
