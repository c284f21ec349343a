package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;

/** SVR and NuSVR: the sum of the kernels with the support vectors, each with its coefficient. */
final class SVR implements SparseModel {

  private final Signature signature;
  private final Kernel kernel;
  private final double[] coefficients;
  private final double intercept;

  private SVR(Signature signature, Kernel kernel, double[] coefficients, double intercept) {
    this.signature = signature;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.intercept = intercept;
  }

  static Model read(Attributes attributes) {
    Kernel kernel = Kernel.read(attributes);
    Matrix coefficients = DualCoefficients.read(attributes, 1, kernel.vectors());
    double[] intercept = attributes.reals("_intercept_");
    if (intercept.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "_intercept_ is not one number");
    }
    return new SVR(
        FittedSignature.regressor(
            attributes, FeatureNames.read(attributes, kernel.features()), 1, false),
        kernel,
        coefficients.values(),
        intercept[0]);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] kernels = new double[kernel.vectors()];
    for (int row = from; row < to; row++) {
      kernel.apply(rows.values(), row * rows.width(), kernels);
      scores.values()[row] = sum(kernels);
    }
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    double[] kernels = new double[kernel.vectors()];
    for (int row = 0; row < rows.count(); row++) {
      kernel.apply(rows, row, kernels);
      scores.values()[row] = sum(kernels);
    }
  }

  private double sum(double[] kernels) {
    double sum = 0;
    for (int v = 0; v < kernels.length; v++) {
      sum += coefficients[v] * kernels[v];
    }
    return sum + intercept;
  }
}
