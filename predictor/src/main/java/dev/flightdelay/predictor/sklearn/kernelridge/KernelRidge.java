package dev.flightdelay.predictor.sklearn.kernelridge;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;

/**
 * KernelRidge: the kernels between a row and all rows that it was fitted with, times {@code
 * dual_coef_} (scikit-learn's {@code kernel_ridge.py}).
 */
public final class KernelRidge implements Model {

  private static final int MAX_CELLS = 1 << 24;

  private final Signature signature;
  private final PairwiseKernel kernel;
  // (fitted * features)
  private final Matrix fitted;
  // (fitted * targets)
  private final double[] coefficients;

  private KernelRidge(
      Signature signature, PairwiseKernel kernel, Matrix fitted, double[] coefficients) {
    this.signature = signature;
    this.kernel = kernel;
    this.fitted = fitted;
    this.coefficients = coefficients;
  }

  static Model read(Attributes attributes) {
    Matrix fitted = fitted(attributes);
    if (fitted.rows() < 1 || fitted.columns() < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "X_fit_ is empty");
    }
    int[] shape = attributes.array("dual_coef_").shape();
    double[] coefficients = attributes.reals("dual_coef_");
    if (shape.length < 1
        || shape.length > 2
        || shape[0] != fitted.rows()
        || coefficients.length == 0) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "dual_coef_ has %d numbers for %d rows".formatted(coefficients.length, fitted.rows()));
    }
    return new KernelRidge(
        FittedSignature.of(attributes, FeatureNames.read(attributes, fitted.columns()))
            .outputs(coefficients.length / fitted.rows())
            .build(),
        PairwiseKernel.read(attributes, fitted),
        fitted,
        coefficients);
  }

  /** A sparse matrix is as good as the same with its zeros. */
  private static Matrix fitted(Attributes attributes) {
    if (!SparseMatrix.is(attributes.value("X_fit_").orElse(null))) {
      return Matrix.read(attributes, "X_fit_");
    }
    var rows = SparseMatrix.rows(attributes, "X_fit_");
    if ((long) rows.count() * rows.width() > MAX_CELLS) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "X_fit_ is a sparse matrix of %d times %d".formatted(rows.count(), rows.width()));
    }
    return new Matrix(rows.dense().values(), rows.count(), rows.width());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int targets = signature.outputs();
    double[] kernels = new double[fitted.rows()];
    for (int row = from; row < to; row++) {
      kernel.apply(rows, row, kernels);
      for (int t = 0; t < targets; t++) {
        double sum = 0;
        for (int i = 0; i < kernels.length; i++) {
          sum += kernels[i] * coefficients[i * targets + t];
        }
        scores.values()[row * targets + t] = sum;
      }
    }
  }
}
