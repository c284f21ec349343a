package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/** gblinear: {@code GBLinear::Pred} in XGBoost's {@code src/gbm/gblinear.cc}. */
final class LinearBooster implements Margins {

  private final float[] weights;
  private final int features;
  private final int groups;

  /**
   * @param weights (features + 1, groups), the last row being the bias
   */
  LinearBooster(float[] weights, int features, int groups) {
    if (weights.length != (features + 1L) * groups) {
      throw new ModelRefusedException(
          Reason.MODEL_INVALID,
          "the linear booster has %d weights for %d features and %d outputs"
              .formatted(weights.length, features, groups));
    }
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new ModelRefusedException(
            Reason.MODEL_INVALID,
            "the linear booster has a weight of %s; fit it again".formatted(weight));
      }
    }
    this.weights = weights;
    this.features = features;
    this.groups = groups;
  }

  @Override
  public long operations() {
    return weights.length;
  }

  @Override
  public Adder adder(int rows) {
    return this::add;
  }

  private void add(float[] block, int count, boolean hasMissing, float[] margins) {
    for (int row = 0; row < count; row++) {
      for (int group = 0; group < groups; group++) {
        float sum = weights[features * groups + group] + margins[row * groups + group];
        for (int feature = 0; feature < features; feature++) {
          float value = block[row * features + feature];
          // A missing value is one that a sparse row does not have.
          if (!Float.isNaN(value)) {
            sum += value * weights[feature * groups + group];
          }
        }
        margins[row * groups + group] = sum;
      }
    }
  }
}
