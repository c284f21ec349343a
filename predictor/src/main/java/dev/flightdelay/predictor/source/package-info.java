/**
 * Where a model file comes from: a path, HTTP, S3 or Cloud Storage; fetched again after failures,
 * held against its SHA-256, and never from an internal address (SSRF).
 */
package dev.flightdelay.predictor.source;
