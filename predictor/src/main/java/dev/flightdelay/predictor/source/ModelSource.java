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

  /**
   * The model in a folder that holds one.
   *
   * @param uri what MODEL_FOLDER or AIP_STORAGE_URI says
   * @throws ModelFetchException with INVALID_URI for anything that names no folder; for a folder of
   *     this machine also where it does not hold exactly one
   */
  static ModelSource inFolder(String uri) {
    if (uri.regionMatches(true, 0, "gs:", 0, 3)) {
      ModelUri.refuseDotSegments(uri);
      return GcsFolder.of(uri);
    }
    // A URI of another kind may still be no folder, which the list of its files tells.
    if (parse(uri) instanceof FileSource folder) {
      return new FileSource(ModelFolder.only(folder.path()));
    }
    throw ModelUri.invalid(uri, "is to be a folder: one of this machine, or gs://bucket/folder");
  }
}
