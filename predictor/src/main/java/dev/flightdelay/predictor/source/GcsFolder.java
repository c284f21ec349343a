package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.UriText;

/**
 * The only model directly below a prefix in a bucket of Google Cloud Storage.
 *
 * @param prefix ends in a slash, or is empty where it is the bucket itself
 */
public record GcsFolder(String bucket, String prefix) implements GcsLocation {

  static GcsFolder of(String uri) {
    // As if it named an object in it, which is what has to be there.
    String name = "x";
    String[] parts = ModelUri.bucketAndName(uri.replaceFirst("/+$", "") + "/" + name);
    return new GcsFolder(parts[0], parts[1].substring(0, parts[1].length() - name.length()));
  }

  /** The object of that name in it. */
  public GcsSource object(String name) {
    return new GcsSource(bucket, prefix + name);
  }

  @Override
  public String shown() {
    return UriText.shown("gs://" + bucket + "/" + prefix);
  }
}
