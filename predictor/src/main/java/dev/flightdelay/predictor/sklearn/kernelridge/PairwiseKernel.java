package dev.flightdelay.predictor.sklearn.kernelridge;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.Matrix;

/** The kernels of scikit-learn's {@code metrics/pairwise.py}, between a row and fitted ones. */
final class PairwiseKernel {

  private enum Kind {
    LINEAR,
    POLYNOMIAL,
    RBF,
    SIGMOID,
    LAPLACIAN,
    COSINE,
    CHI2,
    ADDITIVE_CHI2
  }

  private final Kind kind;
  private final double gamma;
  private final double degree;
  private final double coef0;
  private final double[] fitted;
  private final int features;
  // Of each fitted row, for the cosine: its length, or 1 where that is 0.
  private final double[] lengths;

  private PairwiseKernel(Kind kind, double gamma, double degree, double coef0, Matrix fitted) {
    this.kind = kind;
    this.gamma = gamma;
    this.degree = degree;
    this.coef0 = coef0;
    this.fitted = fitted.values();
    this.features = fitted.columns();
    this.lengths = new double[kind == Kind.COSINE ? fitted.rows() : 0];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(this.fitted, i * features);
    }
  }

  /**
   * Reads {@code kernel}, {@code gamma}, {@code degree} and {@code coef0}.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the kernel is a function of
   *     the user's, or precomputed
   */
  static PairwiseKernel read(Attributes attributes, Matrix fitted) {
    String name = attributes.has("kernel") ? attributes.text("kernel").orElse("") : "linear";
    Kind kind =
        switch (name) {
          case "linear" -> Kind.LINEAR;
          case "poly", "polynomial" -> Kind.POLYNOMIAL;
          case "rbf" -> Kind.RBF;
          case "sigmoid" -> Kind.SIGMOID;
          case "laplacian" -> Kind.LAPLACIAN;
          case "cosine" -> Kind.COSINE;
          case "chi2" -> Kind.CHI2;
          case "additive_chi2" -> Kind.ADDITIVE_CHI2;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "its kernel is none of linear, poly, rbf, sigmoid, laplacian, cosine, chi2 and"
                      + " additive_chi2; fit it with one of these");
        };
    if (kind == Kind.CHI2 && !attributes.has("gamma")) {
      throw attributes.invalid(Reason.STATE_INVALID, "chi2 needs gamma, which is missing");
    }
    if ((kind == Kind.CHI2 || kind == Kind.ADDITIVE_CHI2) && anyBelowZero(fitted.values())) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "X_fit_ holds a number below 0, of which %s is none".formatted(name));
    }
    return new PairwiseKernel(
        kind,
        number(attributes, "gamma", 1.0 / fitted.columns()),
        number(attributes, "degree", 3),
        number(attributes, "coef0", 1),
        fitted);
  }

  private static boolean anyBelowZero(double[] numbers) {
    for (double number : numbers) {
      if (number < 0) {
        return true;
      }
    }
    return false;
  }

  private static double number(Attributes attributes, String name, double absent) {
    if (!attributes.has(name)) {
      return absent;
    }
    double[] numbers = attributes.reals(name);
    if (numbers.length != 1) {
      throw attributes.invalid(Reason.STATE_INVALID, name + " is not one number");
    }
    return numbers[0];
  }

  /** The kernel of a row with each fitted one, into {@code kernels}. */
  void apply(Rows rows, int row, double[] kernels) {
    double[] values = rows.values();
    int at = row * rows.width();
    if (kind == Kind.CHI2 || kind == Kind.ADDITIVE_CHI2) {
      requireNoneBelowZero(rows, row);
    }
    double length = kind == Kind.COSINE ? length(values, at) : 1;
    for (int i = 0; i < kernels.length; i++) {
      int from = i * features;
      kernels[i] =
          switch (kind) {
            case LINEAR -> product(values, at, from);
            case POLYNOMIAL -> Math.pow(product(values, at, from) * gamma + coef0, degree);
            case RBF -> Math.exp(squaredDistance(values, at, from) * -gamma);
            case SIGMOID -> Math.tanh(product(values, at, from) * gamma + coef0);
            case LAPLACIAN -> Math.exp(-gamma * distance(values, at, from));
            case COSINE -> cosine(values, at, length, i);
            case CHI2 -> Math.exp(chi2(values, at, from) * gamma);
            case ADDITIVE_CHI2 -> chi2(values, at, from);
          };
    }
  }

  private void requireNoneBelowZero(Rows rows, int row) {
    for (int j = 0; j < features; j++) {
      if (rows.get(row, j) < 0) {
        throw new UnusableRowsException(row, j, "is below 0, and the model's kernel takes none");
      }
    }
  }

  private double product(double[] row, int at, int from) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += row[at + j] * fitted[from + j];
    }
    return sum;
  }

  private double squaredDistance(double[] row, int at, int from) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      double difference = row[at + j] - fitted[from + j];
      sum += difference * difference;
    }
    return sum;
  }

  private double distance(double[] row, int at, int from) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += Math.abs(row[at + j] - fitted[from + j]);
    }
    return sum;
  }

  private double cosine(double[] row, int at, double length, int i) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += row[at + j] / length * (fitted[i * features + j] / lengths[i]);
    }
    return sum;
  }

  private double length(double[] row, int at) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += row[at + j] * row[at + j];
    }
    return sum == 0 ? 1 : Math.sqrt(sum);
  }

  /** {@code _chi2_kernel_fast}. */
  private double chi2(double[] row, int at, int from) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      double both = row[at + j] + fitted[from + j];
      double difference = row[at + j] - fitted[from + j];
      if (both != 0) {
        sum += difference * difference / both;
      }
    }
    return -sum;
  }
}
