/**
 * Where a model file comes from: a path, HTTP, S3 or Cloud Storage; fetched again after failures
 * and held against its SHA-256.
 */
package dev.flightdelay.predictor.source;
