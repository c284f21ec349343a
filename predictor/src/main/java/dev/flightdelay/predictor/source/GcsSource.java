package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.UriText;

/** An object in a bucket of Google Cloud Storage; its name is taken literally, not decoded. */
public record GcsSource(String bucket, String object) implements GcsLocation {

  static GcsSource of(String uri) {
    String[] parts = ModelUri.bucketAndName(uri);
    return new GcsSource(parts[0], parts[1]);
  }

  @Override
  public String shown() {
    return UriText.shown("gs://" + bucket + "/" + object);
  }
}
