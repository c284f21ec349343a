package dev.flightdelay.predictor.sklearn.calibration;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code calibration}. */
public final class CalibrationFamily {

  private static final String MODULE = "sklearn.calibration";

  public static final Family FAMILY =
      Family.builder()
          .model(CalibratedClassifierCV::read, "CalibratedClassifierCV", MODULE)
          .unreadIn("CalibratedClassifierCV", "cv")
          .part("one fold's classifier and its calibrators", "_CalibratedClassifier", MODULE)
          .part("a sigmoid of a score", "_SigmoidCalibration", MODULE)
          .part("a temperature of scores", "_TemperatureScaling", MODULE)
          .build();

  private CalibrationFamily() {}
}
