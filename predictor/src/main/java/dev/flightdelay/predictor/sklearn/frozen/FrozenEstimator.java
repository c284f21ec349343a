package dev.flightdelay.predictor.sklearn.frozen;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** scikit-learn's FrozenEstimator: what is not fitted again answers as the estimator inside it. */
public final class FrozenEstimator {

  static final String NAME = "FrozenEstimator";
  static final String ESTIMATOR = "estimator";
  private static final int MAX_DEPTH = 8;

  private FrozenEstimator() {}

  /**
   * The attributes of the estimator inside, which are those of a frozen one too; of any other
   * estimator its own.
   */
  public static Attributes thawed(Attributes estimator) {
    Attributes at = estimator;
    for (int depth = 0; at.estimator().equals(NAME); depth++) {
      if (depth == MAX_DEPTH) {
        throw estimator.invalid(Reason.UNSUPPORTED, "frozen more than %d times".formatted(depth));
      }
      at = at.object(ESTIMATOR);
    }
    return at;
  }
}
