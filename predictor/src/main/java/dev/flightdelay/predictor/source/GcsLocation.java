package dev.flightdelay.predictor.source;

/** What can be named in a bucket of Google Cloud Storage. */
public sealed interface GcsLocation extends RemoteSource permits GcsSource, GcsFolder {}
