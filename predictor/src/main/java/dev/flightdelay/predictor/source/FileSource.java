package dev.flightdelay.predictor.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file of this machine: on a laptop, or a volume or ConfigMap that the operator has mounted. */
public record FileSource(Path path) implements ModelSource {

  static FileSource ofPath(String path) {
    try {
      return new FileSource(Path.of(path));
    } catch (InvalidPathException e) {
      throw UriText.invalid(path, "is not a path");
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
        throw UriText.invalid(uri, "is not written as file:/directory/model.pkl");
      }
      return new FileSource(Path.of(parsed.getPath()));
    } catch (URISyntaxException | InvalidPathException e) {
      throw UriText.invalid(uri, "is not a URI; write spaces and other signs as %20");
    }
  }

  @Override
  public String shown() {
    return UriText.shown(path.toString());
  }
}
