package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.LinearTerms;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;

/**
 * The regressors that differ only in how they are fitted: LinearRegression, Ridge, Lasso,
 * ElasticNet, their CV forms and SGDRegressor all predict {@code X @ coef_.T + intercept_}.
 */
public final class LinearRegressor implements SparseModel, LinearTerms {

  private final Signature signature;
  private final LinearWeights weights;

  private LinearRegressor(Signature signature, LinearWeights weights) {
    this.signature = signature;
    this.weights = weights;
  }

  /** Reads {@code coef_} of shape (features) or (targets, features), and {@code intercept_}. */
  public static Model read(Attributes attributes) {
    LinearWeights weights = LinearWeights.read(attributes);
    return new LinearRegressor(
        FittedSignature.of(attributes, FeatureNames.read(attributes, weights.features()))
            .outputs(weights.outputs())
            .build(),
        weights);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = weights.outputs();
    for (int row = from; row < to; row++) {
      for (int output = 0; output < outputs; output++) {
        scores.values()[row * outputs + output] =
            weights.sum(output, rows.values(), row * rows.width());
      }
    }
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    int outputs = weights.outputs();
    for (int row = 0; row < rows.count(); row++) {
      for (int output = 0; output < outputs; output++) {
        scores.values()[row * outputs + output] = weights.sum(output, rows, row);
      }
    }
  }

  @Override
  public Explanations explanations() {
    return weights.explainer(Explainer.Space.VALUE);
  }

  /** Of the first target where there are several. */
  @Override
  public double[] terms(Rows rows, int row, int label) {
    return weights.terms(0, rows.values(), row * rows.width());
  }
}
