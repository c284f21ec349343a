/**
 * The stores that models are fetched from, web servers, Cloud Storage and S3: one attempt each,
 * with the credentials that are meant for that host and no other.
 */
package dev.flightdelay.predictor.source.store;
