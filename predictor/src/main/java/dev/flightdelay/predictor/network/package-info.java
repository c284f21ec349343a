/**
 * Connects to hosts that somebody else names, and refuses internal addresses (SSRF): this
 * machine's, the cluster's, a cloud's metadata, unless they are listed as allowed.
 */
package dev.flightdelay.predictor.network;
