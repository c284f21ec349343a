package dev.flightdelay.predictor.source;

/**
 * A model's bytes, all of them in memory, and what they are.
 *
 * @param bytes exactly the bytes that were hashed; not copied, so not to be changed
 * @param sha256 64 lower-case hexadecimal digits
 * @param verified whether a sha256 was asked for; only a file may come without
 * @param source how sentences name where it came from
 */
public record FetchedModel(byte[] bytes, String sha256, boolean verified, String source) {

  /** In bytes. */
  public int size() {
    return bytes.length;
  }
}
