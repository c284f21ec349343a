package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.network.UriText;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;

/** What the URIs of models have in common, whatever their scheme. */
final class ModelUri {

  private ModelUri() {}

  static void refuseDotSegments(String uri) {
    try {
      UriText.refuseDotSegments(uri);
    } catch (InvalidAddressException e) {
      throw invalid(uri, e.getMessage());
    }
  }

  /** The bucket and the name in it of {@code scheme://bucket/name}, both taken literally. */
  static String[] bucketAndName(String uri) {
    String rest = uri.substring(uri.indexOf(':') + 1);
    int slash = rest.startsWith("//") ? rest.indexOf('/', 2) : -1;
    if (slash < 0 || slash == rest.length() - 1 || rest.endsWith("/")) {
      throw invalid(uri, "names no object; it is written as scheme://bucket/path/model.pkl");
    }
    String bucket = rest.substring(2, slash);
    if (!bucket.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
      throw invalid(uri, "has no bucket's name between // and the next slash");
    }
    return new String[] {bucket, rest.substring(slash + 1)};
  }

  static ModelFetchException invalid(String uri, String why) {
    return new ModelFetchException(
        Reason.INVALID_URI, "the model's URI " + UriText.shown(uri) + " " + why);
  }
}
