package dev.flightdelay.predictor.source;

/** A source that is asked for the model over the network. */
public sealed interface RemoteSource extends ModelSource
    permits HttpSource, GcsLocation, S3Source {}
