package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import java.util.Arrays;

/**
 * Term frequencies times inverse document frequencies, {@code TfidfTransformer.transform}: {@code
 * (1 + ln tf) * idf} or {@code tf * idf}, then each row over its norm.
 *
 * @param idf by column; null where there is none
 * @param idfIsMatrix whether the counts are multiplied by a diagonal matrix, which stores no zero
 */
record TermWeights(boolean sublinear, double[] idf, boolean idfIsMatrix, Norm norm) {

  /** What a row is divided by. */
  enum Norm {
    NONE,
    L1,
    L2
  }

  /**
   * Reads {@code sublinear_tf}, {@code norm}, {@code use_idf} and {@code idf_}, which before
   * scikit-learn 1.5 was the diagonal matrix {@code _idf_diag}.
   */
  static TermWeights read(Attributes attributes) {
    double[] idf = null;
    if (attributes.flag("use_idf", true)) {
      idf =
          attributes.has("_idf_diag")
              ? SparseMatrix.diagonal(attributes, "_idf_diag")
              : attributes.reals("idf_");
    }
    return new TermWeights(
        attributes.flag("sublinear_tf", false),
        idf,
        idf != null && attributes.has("_idf_diag"),
        norm(attributes));
  }

  static Norm norm(Attributes attributes) {
    if (!attributes.has("norm")) {
      return Norm.NONE;
    }
    return switch (attributes.text("norm").orElse("")) {
      case "l1" -> Norm.L1;
      case "l2" -> Norm.L2;
      default -> throw attributes.invalid(Reason.MODEL_INVALID, "norm is none of l1 and l2");
    };
  }

  SparseRows apply(SparseRows given) {
    SparseRows counts = idfIsMatrix ? given.withoutZeros() : given;
    double[] values = counts.values().clone();
    int cells = counts.starts()[counts.count()];
    for (int i = 0; i < cells; i++) {
      if (sublinear) {
        values[i] = Math.log(values[i]) + 1;
      }
      if (idf != null) {
        values[i] *= idf[counts.columns()[i]];
      }
    }
    normalise(norm, counts.starts(), counts.count(), values, idfIsMatrix);
    return counts.withValues(values);
  }

  /** {@code normalize}: a row of zeros stays one. */
  static void normalise(Norm norm, int[] starts, int count, double[] values) {
    normalise(norm, starts, count, values, false);
  }

  /**
   * @param fromLast whether a row is added up from its last cell: SciPy's product of two matrices
   *     has a row's cells the other way round
   */
  private static void normalise(
      Norm norm, int[] starts, int count, double[] values, boolean fromLast) {
    for (int row = 0; row < count && norm != Norm.NONE; row++) {
      double sum = 0;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        double value = values[fromLast ? starts[row] + starts[row + 1] - 1 - i : i];
        sum += norm == Norm.L2 ? value * value : Math.abs(value);
      }
      if (sum == 0) {
        continue;
      }
      double length = norm == Norm.L2 ? Math.sqrt(sum) : sum;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        values[i] /= length;
      }
    }
  }

  /** All counts as ones. */
  static SparseRows binary(SparseRows counts) {
    double[] ones = new double[counts.values().length];
    Arrays.fill(ones, 1);
    return counts.withValues(ones);
  }
}
