package dev.flightdelay.predictor.sklearn.calibration;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.isotonic.Interpolation;

/** Makes a probability of one class out of its score. */
@FunctionalInterface
interface Calibrator {

  double probability(double score);

  /** A {@code _SigmoidCalibration} or an IsotonicRegression. */
  static Calibrator read(Attributes attributes, Object value) {
    Attributes calibrator = attributes.object(value, "calibrators");
    switch (calibrator.estimator()) {
      case "_SigmoidCalibration" -> {
        double slope = one(calibrator, "a_");
        double offset = one(calibrator, "b_");
        return score -> 1 / (1 + Math.exp(slope * score + offset));
      }
      case "IsotonicRegression" -> {
        Interpolation interpolation = Interpolation.read(calibrator);
        return interpolation::at;
      }
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED,
              "a calibrator is a %s, not a sigmoid or isotonic one".formatted(calibrator.type()));
    }
  }

  static double one(Attributes attributes, String name) {
    double[] numbers = attributes.reals(name);
    if (numbers.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "%s is not one number".formatted(name));
    }
    return numbers[0];
  }
}
