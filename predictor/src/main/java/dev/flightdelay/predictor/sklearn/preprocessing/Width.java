package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** How many columns a transformer takes that keeps nothing else for each of them. */
final class Width {

  private static final int MAX_COLUMNS = 1_000_000;

  private Width() {}

  /**
   * {@code n_features_in_}, or its earlier name; where the file says neither, as many as what is
   * around gives it.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the file does not say
   */
  static int read(Attributes attributes, String earlierName) {
    long width =
        attributes
            .integer("n_features_in_")
            .or(() -> attributes.integer(earlierName))
            .or(() -> attributes.givenWidth().stream().mapToObj(given -> (long) given).findFirst())
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.UNSUPPORTED,
                        "it does not say how many columns it takes: fit it with scikit-learn 0.24"
                            + " or later"));
    if (width < 1 || width > MAX_COLUMNS) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is " + width);
    }
    return (int) width;
  }
}
