package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.UriText;

/** An object in a bucket of S3 or of a store that speaks it; its key is taken literally. */
public record S3Source(String bucket, String key) implements RemoteSource {

  static S3Source of(String uri) {
    String[] parts = ModelUri.bucketAndName(uri);
    return new S3Source(parts[0], parts[1]);
  }

  @Override
  public String shown() {
    return UriText.shown("s3://" + bucket + "/" + key);
  }
}
