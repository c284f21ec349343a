package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** What a SplineTransformer does beyond the knots that it was fitted with. */
enum Extrapolation {
  ERROR("error"),
  CONSTANT("constant"),
  LINEAR("linear"),
  CONTINUE("continue"),
  PERIODIC("periodic");

  private final String parameter;

  Extrapolation(String parameter) {
    this.parameter = parameter;
  }

  static Extrapolation read(Attributes attributes) {
    String text = attributes.text("extrapolation").orElse("");
    for (Extrapolation extrapolation : values()) {
      if (extrapolation.parameter.equals(text)) {
        return extrapolation;
      }
    }
    throw attributes.invalid(
        Reason.MODEL_INVALID,
        "extrapolation is none of error, constant, linear, continue and periodic");
  }
}
