package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.UriText;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * Where a model's bytes are: a plain path, or a URI with the scheme file, http, https, gs or s3.
 *
 * <p>A source is only a name. What talks to a store is a {@link RemoteStore}, so that a model in a
 * file starts without loading any store's client.
 */
public sealed interface ModelSource permits FileSource, RemoteSource {

  /** How a sentence names it: without a query, which may hold a signature. */
  String shown();

  /**
   * @param uri what MODEL_URI says
   * @throws ModelFetchException with INVALID_URI for anything that names no model
   */
  static ModelSource parse(String uri) {
    if (uri.isBlank() || uri.chars().anyMatch(Character::isISOControl)) {
      throw ModelUri.invalid(uri, "is empty or has control characters in it");
    }
    Matcher scheme = UriText.SCHEME.matcher(uri);
    if (!scheme.lookingAt()) {
      return FileSource.ofPath(uri);
    }
    ModelUri.refuseDotSegments(uri);
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "file" -> FileSource.ofUri(uri);
      case "http", "https" -> HttpSource.of(uri);
      case "gs" -> GcsSource.of(uri);
      case "s3" -> S3Source.of(uri);
      case "pvc", "configmap" ->
          throw ModelUri.invalid(
              uri, "is mounted by the operator under /model, and given to the predictor as file:");
      default ->
          throw ModelUri.invalid(
              uri, "has a scheme other than file, http, https, gs and s3, which are read");
    };
  }
}
