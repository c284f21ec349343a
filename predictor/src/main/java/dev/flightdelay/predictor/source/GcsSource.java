package dev.flightdelay.predictor.source;

/** An object in a bucket of Google Cloud Storage; its name is taken literally, not decoded. */
public record GcsSource(String bucket, String object) implements ModelSource {

  static GcsSource of(String uri) {
    String[] parts = UriText.bucketAndName(uri);
    return new GcsSource(parts[0], parts[1]);
  }

  @Override
  public String shown() {
    return UriText.shown("gs://" + bucket + "/" + object);
  }
}
