package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.Matrix;

/** The sum of the kernels with the support vectors, each with its coefficient, and an intercept. */
record KernelSum(Kernel kernel, double[] coefficients, double intercept) {

  /** Reads {@code _dual_coef_} of shape (1, vectors), {@code _intercept_}, and the kernel. */
  static KernelSum read(Attributes attributes) {
    Kernel kernel = Kernel.read(attributes);
    Matrix coefficients = DualCoefficients.read(attributes, 1, kernel.vectors());
    double[] intercept = attributes.reals("_intercept_");
    if (intercept.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "_intercept_ is not one number");
    }
    return new KernelSum(kernel, coefficients.values(), intercept[0]);
  }

  /** The operations for a row. */
  long operations() {
    return kernel.operations() + coefficients.length;
  }

  int features() {
    return kernel.features();
  }

  /** Room for {@link #of} to work in. */
  double[] scratch() {
    return new double[kernel.vectors()];
  }

  double of(Rows rows, int row, double[] kernels) {
    kernel.apply(rows.values(), row * rows.width(), kernels);
    return sum(kernels);
  }

  double of(SparseRows rows, int row, double[] kernels) {
    kernel.apply(rows, row, kernels);
    return sum(kernels);
  }

  private double sum(double[] kernels) {
    double sum = 0;
    for (int v = 0; v < coefficients.length; v++) {
      sum += coefficients[v] * kernels[v];
    }
    return sum + intercept;
  }
}
