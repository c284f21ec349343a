package dev.flightdelay.predictor.sklearn.crossdecomposition;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/**
 * PLSRegression: a linear function of the centred row; {@code transform} is its products with the
 * rotations (scikit-learn's {@code cross_decomposition/_pls.py}).
 */
public final class PLSRegression implements Model {

  /**
   * @param mean (features)
   * @param deviation (features)
   * @param rotations (features * components)
   */
  private record Rotation(double[] mean, double[] deviation, Matrix rotations) {

    /** Until 0.23 the names of the first two had their underscore behind them. */
    static Rotation read(Attributes attributes) {
      Matrix rotations = Matrix.read(attributes, "x_rotations_");
      double[] mean = attributes.reals(attributes.has("_x_mean") ? "_x_mean" : "x_mean_");
      double[] deviation = attributes.reals(attributes.has("_x_std") ? "_x_std" : "x_std_");
      int features = rotations.rows();
      if (features < 1
          || rotations.columns() < 1
          || mean.length != features
          || deviation.length != features) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "x_rotations_, and the means and deviations of x disagree");
      }
      for (double one : deviation) {
        if (one == 0) {
          throw attributes.invalid(Reason.MODEL_INVALID, "a deviation of x is 0");
        }
      }
      return new Rotation(mean, deviation, rotations);
    }

    int features() {
      return mean.length;
    }

    int components() {
      return rotations.columns();
    }

    void apply(double[] row, int at, double[] out, int to) {
      for (int k = 0; k < components(); k++) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
          double scaled = (row[at + j] - mean[j]) / deviation[j];
          sum += scaled * rotations.values()[j * components() + k];
        }
        out[to + k] = sum;
      }
    }
  }

  private final Signature signature;
  private final Rotation rotation;
  // (targets * features)
  private final double[] coefficients;
  private final double[] intercepts;
  private final boolean isScaled;

  private PLSRegression(
      Signature signature,
      Rotation rotation,
      double[] coefficients,
      double[] intercepts,
      boolean isScaled) {
    this.signature = signature;
    this.rotation = rotation;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.isScaled = isScaled;
  }

  /**
   * Until 1.0 {@code coef_} is (features, targets) and the mean of the targets the intercept; 1.1
   * and 1.2 call it {@code _coef_}. Until 1.4 it is for rows that are scaled.
   */
  static Model read(Attributes attributes) {
    Rotation rotation = Rotation.read(attributes);
    Matrix given = Matrix.read(attributes, attributes.has("_coef_") ? "_coef_" : "coef_");
    Matrix coefficients =
        attributes.has("intercept_")
            ? given
            : new Matrix(given.transposed(), given.columns(), given.rows());
    double[] intercepts =
        attributes.reals(
            attributes.has("intercept_")
                ? "intercept_"
                : attributes.has("_y_mean") ? "_y_mean" : "y_mean_");
    if (intercepts.length < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "intercept_ is empty");
    }
    coefficients.require(attributes, "coef_", intercepts.length, rotation.features());
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, rotation.features()))
            .outputs(intercepts.length)
            .transformWidth(rotation.components())
            .build();
    return new PLSRegression(
        signature,
        rotation,
        coefficients.values(),
        intercepts,
        SklearnVersion.isBefore(attributes, 1, 5));
  }

  static Transformer readTransformer(Attributes attributes) {
    Rotation rotation = Rotation.read(attributes);
    return new RowTransformer(
        FeatureNames.read(attributes, rotation.features()),
        rotation.components(),
        false,
        rotation::apply);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int features = rotation.features();
    int targets = intercepts.length;
    double[] row = new double[features];
    for (int i = from; i < to; i++) {
      for (int j = 0; j < features; j++) {
        double centred = rows.get(i, j) - rotation.mean()[j];
        row[j] = isScaled ? centred / rotation.deviation()[j] : centred;
      }
      for (int t = 0; t < targets; t++) {
        double sum = 0;
        for (int j = 0; j < features; j++) {
          sum += row[j] * coefficients[t * features + j];
        }
        scores.values()[i * targets + t] = sum + intercepts[t];
      }
      if (scores.transformed() != null) {
        rotation.apply(
            rows.values(), i * rows.width(), scores.transformed(), i * rotation.components());
      }
    }
  }
}
