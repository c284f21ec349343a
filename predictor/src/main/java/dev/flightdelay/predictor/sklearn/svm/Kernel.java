package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;

/**
 * The kernel between a row and each support vector, {@code Kernel::k_function} in libsvm's {@code
 * svm.cpp}.
 */
final class Kernel {

  private enum Kind {
    LINEAR,
    POLY,
    RBF,
    SIGMOID
  }

  /** What an exponential or a power counts as. */
  private static final long KERNEL_OPERATIONS = 16;

  /** So many vectors at a time: their sums stay in the fastest cache. */
  private static final int BLOCK = 1024;

  private static final int MAX_SPARSE_FEATURES = 1 << 22;

  private final Kind kind;
  private final double gamma;
  private final double coef0;
  private final int degree;
  private final int vectors;
  private final int features;
  // (features * vectors): the sums of neighbouring vectors are made together.
  private final double[] byFeature;

  // Instead of those where it was fitted with sparse rows, else null.
  private final SparseVectors sparse;

  private Kernel(Kind kind, double gamma, double coef0, int degree, Matrix supportVectors) {
    this.kind = kind;
    this.gamma = gamma;
    this.coef0 = coef0;
    this.degree = degree;
    this.vectors = supportVectors.rows();
    this.features = supportVectors.columns();
    this.byFeature = supportVectors.transposed();
    this.sparse = null;
  }

  private Kernel(Kind kind, double gamma, double coef0, int degree, SparseVectors sparse) {
    this.kind = kind;
    this.gamma = gamma;
    this.coef0 = coef0;
    this.degree = degree;
    this.vectors = sparse.count();
    this.features = sparse.features();
    this.byFeature = null;
    this.sparse = sparse;
  }

  /**
   * Reads {@code kernel}, {@code _gamma}, {@code coef0}, {@code degree} and {@code
   * support_vectors_} of shape (vectors, features).
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the kernel is a function of
   *     the user's, or precomputed
   */
  static Kernel read(Attributes attributes) {
    Kind kind =
        switch (attributes.text("kernel").orElse("a function")) {
          case "linear" -> Kind.LINEAR;
          case "poly" -> Kind.POLY;
          case "rbf" -> Kind.RBF;
          case "sigmoid" -> Kind.SIGMOID;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "its kernel is none of linear, poly, rbf and sigmoid; fit it with one of these");
        };
    double gamma = one(attributes, "_gamma");
    double coef0 = one(attributes, "coef0");
    int degree = degree(attributes, kind);
    if (SparseMatrix.is(attributes.value("support_vectors_").orElse(null))) {
      SparseRows rows = SparseMatrix.rows(attributes, "support_vectors_");
      if (rows.width() > MAX_SPARSE_FEATURES) {
        throw attributes.invalid(
            Reason.UNSUPPORTED, "support_vectors_ has %d columns".formatted(rows.width()));
      }
      return new Kernel(kind, gamma, coef0, degree, SparseVectors.of(rows));
    }
    Matrix supportVectors = Matrix.read(attributes, "support_vectors_");
    if (supportVectors.columns() < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "support_vectors_ has no columns");
    }
    return new Kernel(kind, gamma, coef0, degree, supportVectors);
  }

  private static double one(Attributes attributes, String name) {
    double[] numbers = attributes.reals(name);
    if (numbers.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "%s is not one number".formatted(name));
    }
    return numbers[0];
  }

  private static int degree(Attributes attributes, Kind kind) {
    if (kind != Kind.POLY) {
      return 0;
    }
    // libsvm takes the degree as a C int, so that 2.0 and even 2.5 mean 2.
    double degree = one(attributes, "degree");
    if (degree < 0 || degree > 1000) {
      throw attributes.invalid(Reason.MODEL_INVALID, "degree is not between 0 and 1000");
    }
    return (int) degree;
  }

  int vectors() {
    return vectors;
  }

  /** The operations for a row's kernels with all vectors. */
  long operations() {
    long products = sparse == null ? (long) vectors * features : sparse.values().length;
    return products + vectors * KERNEL_OPERATIONS;
  }

  int features() {
    return features;
  }

  /**
   * Writes the kernel of a row with each support vector.
   *
   * @param values the row's features, one number for each, from {@code offset} on
   * @param kernels where to: one number for each vector, in their order; others' are written over
   */
  void apply(double[] values, int offset, double[] kernels) {
    if (sparse != null) {
      double[] row = Arrays.copyOfRange(values, offset, offset + features);
      apply(SparseRows.of(Rows.of(row)), 0, kernels);
      return;
    }
    for (int from = 0; from < vectors; from += BLOCK) {
      int to = Math.min(vectors, from + BLOCK);
      if (kind == Kind.RBF) {
        squaredDistances(values, offset, kernels, from, to);
      } else {
        products(values, offset, kernels, from, to);
      }
    }
    finish(kernels);
  }

  /** The same for a row of sparse rows. */
  void apply(SparseRows rows, int row, double[] kernels) {
    if (sparse == null) {
      double[] values = new double[features];
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        values[rows.columns()[i]] = rows.values()[i];
      }
      apply(values, 0, kernels);
      return;
    }
    if (kind == Kind.RBF) {
      sparse.squaredDistances(rows, row, kernels);
    } else {
      sparse.products(rows, row, kernels);
    }
    finish(kernels);
  }

  /** From products or squared distances to kernels. */
  private void finish(double[] kernels) {
    switch (kind) {
      case LINEAR -> {}
      case POLY -> {
        for (int i = 0; i < vectors; i++) {
          kernels[i] = power(gamma * kernels[i] + coef0, degree);
        }
      }
      case RBF -> {
        for (int i = 0; i < vectors; i++) {
          kernels[i] = Math.exp(-gamma * kernels[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < vectors; i++) {
          kernels[i] = Math.tanh(gamma * kernels[i] + coef0);
        }
      }
    }
  }

  private void squaredDistances(double[] values, int offset, double[] sums, int from, int to) {
    Arrays.fill(sums, from, to, 0);
    for (int j = 0; j < features; j++) {
      double value = values[offset + j];
      int at = j * vectors;
      for (int i = from; i < to; i++) {
        double difference = value - byFeature[at + i];
        sums[i] += difference * difference;
      }
    }
  }

  private void products(double[] values, int offset, double[] sums, int from, int to) {
    Arrays.fill(sums, from, to, 0);
    for (int j = 0; j < features; j++) {
      double value = values[offset + j];
      int at = j * vectors;
      for (int i = from; i < to; i++) {
        sums[i] += value * byFeature[at + i];
      }
    }
  }

  /** {@code powi} of libsvm: by squaring. */
  private static double power(double base, int times) {
    double square = base;
    double result = 1;
    for (int t = times; t > 0; t /= 2) {
      if (t % 2 == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
