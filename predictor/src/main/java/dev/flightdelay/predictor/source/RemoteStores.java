package dev.flightdelay.predictor.source;

/** Opens the store that a source names. */
@FunctionalInterface
public interface RemoteStores {

  /**
   * @throws ModelFetchException if the settings for it cannot be used
   */
  RemoteStore open(RemoteSource source, FetchSettings settings);
}
