package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;

/**
 * PoissonRegressor, GammaRegressor and TweedieRegressor: the exponential of a linear sum, or for
 * some of Tweedie's the sum itself.
 */
final class GeneralizedLinearRegressor implements Model {

  private final Signature signature;
  private final LinearWeights weights;

  private GeneralizedLinearRegressor(Signature signature, LinearWeights weights) {
    this.signature = signature;
    this.weights = weights;
  }

  static Model logarithmic(Attributes attributes) {
    LinearWeights weights = LinearWeights.read(attributes);
    if (weights.outputs() != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "coef_ has several rows");
    }
    return new GeneralizedLinearRegressor(
        FittedSignature.of(attributes, FeatureNames.read(attributes, weights.features())).build(),
        weights);
  }

  /**
   * By the link of the loss that it was fitted with, which 1.1 and newer keep and look at alone;
   * before by {@code link}, where 'auto' is the identity for the powers of a normal distribution.
   */
  static Model tweedie(Attributes attributes) {
    if (attributes.has("_base_loss")) {
      return switch (attributes.object("_base_loss").object("link").estimator()) {
        case "IdentityLink" -> LinearRegressor.read(attributes);
        case "LogLink" -> logarithmic(attributes);
        default ->
            throw attributes.invalid(
                Reason.MODEL_INVALID, "the link of its loss is neither the identity nor log");
      };
    }
    return switch (attributes.text("link").orElse("auto")) {
      case "identity" -> LinearRegressor.read(attributes);
      case "log" -> logarithmic(attributes);
      case "auto" ->
          attributes.reals("power")[0] <= 0
              ? LinearRegressor.read(attributes)
              : logarithmic(attributes);
      default -> throw attributes.invalid(Reason.MODEL_INVALID, "link is not identity or log");
    };
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Explanations explanations() {
    return weights.explainer(Explainer.Space.LOG);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      scores.values()[row] = Math.exp(weights.sum(0, rows.values(), row * rows.width()));
    }
  }
}
