package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import dev.flightdelay.predictor.sklearn.Matrix;
import dev.flightdelay.predictor.sklearn.OneVsOneVotes;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Optional;

/**
 * SVC and NuSVC: libsvm's decision for each pair of classes ({@code svm_predict_values}), and what
 * scikit-learn's {@code svm/_base.py} makes of them.
 */
final class SVC implements SparseModel {

  /** The kernels of one row with each support vector. */
  private interface RowKernels {
    void of(int row, double[] kernels);
  }

  private final Signature signature;
  private final Kernel kernel;
  // (classes - 1, vectors)
  private final Matrix coefficients;
  private final double[] intercepts;
  // Where the vectors of each class begin, and after the last one where they end.
  private final int[] starts;
  private final Optional<PairwiseCoupling> coupling;
  private final boolean oneVsRest;
  private final boolean breaksTies;
  private final boolean isScaledTogether;

  private SVC(
      Signature signature,
      Kernel kernel,
      Matrix coefficients,
      double[] intercepts,
      int[] starts,
      Optional<PairwiseCoupling> coupling,
      boolean oneVsRest,
      boolean breaksTies,
      boolean isScaledTogether) {
    this.signature = signature;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.starts = starts;
    this.coupling = coupling;
    this.oneVsRest = oneVsRest;
    this.breaksTies = breaksTies;
    this.isScaledTogether = isScaledTogether;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    int classes = labels.size();
    if (classes > 10_000) {
      throw attributes.invalid(Reason.UNSUPPORTED, "it has more than 10000 classes");
    }
    int pairs = classes * (classes - 1) / 2;
    Kernel kernel = Kernel.read(attributes);
    Matrix coefficients = DualCoefficients.read(attributes, classes - 1, kernel.vectors());
    double[] intercepts = pairwise(attributes, "_intercept_", pairs);
    int[] starts = starts(attributes, classes, kernel.vectors());
    Optional<PairwiseCoupling> coupling = coupling(attributes, classes, pairs);
    String usual = SklearnVersion.isBefore(attributes, 0, 19) ? "ovo" : "ovr";
    boolean oneVsRest =
        classes > 2 && !attributes.text("decision_function_shape").orElse(usual).equals("ovo");
    boolean breaksTies =
        oneVsRest && attributes.value("break_ties").orElse(false) instanceof Boolean flag && flag;
    int decisionWidth = classes == 2 ? 1 : oneVsRest ? classes : pairs;
    return new SVC(
        FittedSignature.of(attributes, FeatureNames.read(attributes, kernel.features()))
            .classes(labels)
            .hasProbabilities(coupling.isPresent())
            .decisionWidth(decisionWidth)
            .build(),
        kernel,
        coefficients,
        intercepts,
        starts,
        coupling,
        oneVsRest,
        breaksTies,
        oneVsRest && SklearnVersion.isBefore(attributes, 0, 21));
  }

  private static double[] pairwise(Attributes attributes, String name, int pairs) {
    double[] numbers = attributes.reals(name);
    if (numbers.length != pairs) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "%s has %d numbers for %d pairs of classes".formatted(name, numbers.length, pairs));
    }
    return numbers;
  }

  /** Named n_support_ before scikit-learn 0.22. */
  private static int[] starts(Attributes attributes, int classes, int vectors) {
    String name = attributes.has("_n_support") ? "_n_support" : "n_support_";
    double[] counts = attributes.reals(name);
    if (counts.length != classes) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "%s has %d numbers for %d classes".formatted(name, counts.length, classes));
    }
    int[] starts = new int[classes + 1];
    for (int k = 0; k < classes; k++) {
      if (counts[k] < 0 || counts[k] > vectors - starts[k]) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "%s counts other than the vectors there are".formatted(name));
      }
      starts[k + 1] = starts[k] + (int) counts[k];
    }
    if (starts[classes] != vectors) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "%s counts %d support vectors, and there are %d"
              .formatted(name, starts[classes], vectors));
    }
    return starts;
  }

  /** Named probA_ and probB_ before scikit-learn 0.22; empty arrays without probabilities. */
  private static Optional<PairwiseCoupling> coupling(
      Attributes attributes, int classes, int pairs) {
    boolean probability =
        attributes.value("probability").orElse(false) instanceof Boolean flag && flag;
    String slopes = attributes.has("_probA") ? "_probA" : "probA_";
    String offsets = attributes.has("_probB") ? "_probB" : "probB_";
    if (!probability || attributes.array(slopes).size() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PairwiseCoupling(
            pairwise(attributes, slopes, pairs), pairwise(attributes, offsets, pairs), classes));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  private long operations() {
    // A row of coefficients is for all pairs of a class.
    return kernel.operations()
        + coefficients.values().length
        + coupling.map(PairwiseCoupling::operations).orElse(0L);
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, operations()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    score(
        (row, kernels) -> kernel.apply(rows.values(), row * rows.width(), kernels),
        from,
        to,
        scores);
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    score((row, kernels) -> kernel.apply(rows, row, kernels), 0, rows.count(), scores);
  }

  private void score(RowKernels rows, int from, int to, Scores scores) {
    int classes = starts.length - 1;
    int pairs = intercepts.length;
    double[] kernels = new double[kernel.vectors()];
    double[] decisions = new double[pairs];
    boolean[] second = new boolean[pairs];
    double[] negated = new double[pairs];
    double[] byClass = new double[classes];
    int width = signature.decisionWidth();
    boolean together = isScaledTogether && scores.decisions() != null;
    double[] votes = new double[together ? (to - from) * classes : 0];
    double[] sums = new double[votes.length];
    for (int row = from; row < to; row++) {
      rows.of(row, kernels);
      decide(kernels, decisions);
      if (oneVsRest && (breaksTies || scores.decisions() != null)) {
        for (int pair = 0; pair < pairs; pair++) {
          second[pair] = decisions[pair] < 0;
          negated[pair] = -decisions[pair];
        }
        OneVsOneVotes.apply(second, negated, classes, byClass, 0);
        if (together) {
          OneVsOneVotes.add(second, negated, votes, sums, (row - from) * classes, classes);
        }
      }
      scores.labels()[row] =
          breaksTies ? LargestScore.of(byClass, 0, classes) : mostVotes(decisions, classes);
      if (scores.decisions() != null) {
        if (classes == 2) {
          scores.decisions()[row] = -decisions[0];
        } else {
          System.arraycopy(
              oneVsRest ? byClass : decisions, 0, scores.decisions(), row * width, width);
        }
      }
      if (scores.probabilities() != null && coupling.isPresent()) {
        coupling.get().apply(decisions, scores.probabilities(), row * classes);
      }
    }
    if (together) {
      OneVsOneVotes.scaleTogether(votes, sums, scores.decisions(), from * classes);
    }
  }

  /** For each pair (i, j) with i < j its decision: above 0 for i. */
  private void decide(double[] kernels, double[] decisions) {
    int classes = starts.length - 1;
    double[] coefficient = coefficients.values();
    int vectors = coefficients.columns();
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        double sum = 0;
        int ofFirst = (j - 1) * vectors;
        for (int v = starts[i]; v < starts[i + 1]; v++) {
          sum += coefficient[ofFirst + v] * kernels[v];
        }
        int ofSecond = i * vectors;
        for (int v = starts[j]; v < starts[j + 1]; v++) {
          sum += coefficient[ofSecond + v] * kernels[v];
        }
        decisions[pair] = sum + intercepts[pair];
        pair++;
      }
    }
  }

  private static int mostVotes(double[] decisions, int classes) {
    int[] votes = new int[classes];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        votes[decisions[pair++] > 0 ? i : j]++;
      }
    }
    int most = 0;
    for (int k = 1; k < classes; k++) {
      if (votes[k] > votes[most]) {
        most = k;
      }
    }
    return most;
  }
}
