package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.util.Optional;

/** Gets a model's bytes from wherever they are, and nothing but the bytes that were asked for. */
public final class ModelFetcher {

  private final FetchSettings settings;
  private final FetchProgress progress;
  private final RemoteStores stores;

  public ModelFetcher(FetchSettings settings, FetchProgress progress, RemoteStores stores) {
    this.settings = settings;
    this.progress = progress;
    this.stores = stores;
  }

  /**
   * Waits until the model is there, at most as long as the deadline.
   *
   * @param sha256 64 hexadecimal digits; may be left out for a file or folder only
   * @throws ModelFetchException if it could not be got
   * @throws ModelRefusedException if it was got and is too large (BUDGET_EXCEEDED) or not the one
   *     that was asked for (CHECKSUM_MISMATCH)
   */
  public FetchedModel fetch(ModelLocation location, Optional<String> sha256) {
    ModelSource source =
        location.folder()
            ? ModelSource.inFolder(location.uri())
            : ModelSource.parse(location.uri());
    Optional<ExpectedSha256> expected =
        sha256.filter(text -> !text.isBlank()).map(ExpectedSha256::of);
    return switch (source) {
      case FileSource file ->
          new ModelFile(file.path(), file.shown(), settings.maxBytes(), settings.mount())
              .read(expected);
      case RemoteSource remote -> fetch(remote, expected);
    };
  }

  private FetchedModel fetch(RemoteSource source, Optional<ExpectedSha256> expected) {
    if (expected.isEmpty() && !(source instanceof GcsFolder)) {
      throw new ModelFetchException(
          Reason.INVALID_SETTINGS,
          source.shown()
              + " is fetched only with its sha256, and there is none; set MODEL_SHA256 to"
              + " what sha256sum prints for the file");
    }
    try (RemoteStore store = stores.open(source, settings)) {
      return new RemoteFetch(source, expected, settings, progress, store).run();
    }
  }
}
