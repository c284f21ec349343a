package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.util.Locale;

/** The hash of the one model that may be served: 64 lower-case hexadecimal digits. */
record ExpectedSha256(String hex) {

  static ExpectedSha256 of(String text) {
    String hex = text.strip().toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new ModelFetchException(
          Reason.INVALID_SETTINGS,
          "MODEL_SHA256 is not 64 hexadecimal digits; sha256sum prints them for a file");
    }
    return new ExpectedSha256(hex);
  }

  /** Under which name a download with it is kept. */
  String fileName() {
    return hex + ".model";
  }

  /**
   * @param source how a sentence names what has this hash
   */
  void check(String source, String sha256) {
    if (!hex.equals(sha256)) {
      throw new ModelRefusedException(
          ModelRefusedException.Reason.CHECKSUM_MISMATCH,
          source
              + " has the sha256 "
              + sha256
              + ", and MODEL_SHA256 asks for "
              + hex
              + "; put the right file there, or correct MODEL_SHA256 if this file is to be trusted");
    }
  }
}
