package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.UriText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of this machine: on a laptop, or a volume or ConfigMap that the operator has mounted. */
public record FileSource(Path path) implements ModelSource {

  /**
   * @throws ModelFetchException with INVALID_URI if it is no path
   */
  public static FileSource ofPath(String path) {
    try {
      return new FileSource(Path.of(path));
    } catch (InvalidPathException e) {
      throw ModelUri.invalid(path, "is not a path");
    }
  }

  static FileSource ofUri(String uri) {
    try {
      URI parsed = new URI(uri);
      boolean here = parsed.getAuthority() == null || parsed.getAuthority().equals("localhost");
      if (!here
          || parsed.isOpaque()
          || parsed.getRawQuery() != null
          || parsed.getRawFragment() != null) {
        throw ModelUri.invalid(uri, "is not written as file:/directory/model.pkl");
      }
      return new FileSource(Path.of(parsed.getPath()));
    } catch (URISyntaxException | InvalidPathException e) {
      throw ModelUri.invalid(uri, "is not a URI; write spaces and other signs as %20");
    }
  }

  /**
   * The file's bytes as they are, for a command that is given a file and no sha256.
   *
   * @throws ModelFetchException if it cannot be read
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is larger than that
   */
  public FetchedModel read(long maxBytes) {
    return new ModelFile(path, shown(), maxBytes, FetchSettings.DEFAULT_MOUNT)
        .read(Optional.empty());
  }

  @Override
  public String shown() {
    return UriText.shown(path.toString());
  }
}
