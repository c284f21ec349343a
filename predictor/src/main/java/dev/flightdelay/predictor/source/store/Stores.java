package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.GcsLocation;
import dev.flightdelay.predictor.source.HttpSource;
import dev.flightdelay.predictor.source.RemoteSource;
import dev.flightdelay.predictor.source.RemoteStore;
import dev.flightdelay.predictor.source.S3Source;

/** The stores that models are fetched from, one for each kind of source. */
public final class Stores {

  private Stores() {}

  /** The store that the source names; its client's classes are loaded here and not before. */
  public static RemoteStore open(RemoteSource source, FetchSettings settings) {
    return switch (source) {
      case HttpSource http -> new HttpStore(http, settings);
      case GcsLocation gcs -> new GcsStore(gcs, settings);
      case S3Source s3 -> new S3Store(s3, settings);
    };
  }
}
