package dev.flightdelay.predictor.sklearn.linearmodel;

/** How a linear classifier makes probabilities of its decision function. */
@FunctionalInterface
public interface ProbabilityLink {

  /**
   * @param decisions one row's decisions: 1 for a binary classifier, else one per class
   * @param probabilities where the row's probabilities go, from {@code offset}: one per class
   */
  void apply(double[] decisions, double[] probabilities, int offset);

  /**
   * One-vs-rest: the logistic function of each decision, normalised as LIBLINEAR does ({@code
   * LinearClassifierMixin._predict_proba_lr} in scikit-learn's {@code linear_model/_base.py}).
   */
  static void logistic(double[] decisions, double[] probabilities, int offset) {
    if (decisions.length == 1) {
      double second = expit(decisions[0]);
      probabilities[offset] = 1 - second;
      probabilities[offset + 1] = second;
      return;
    }
    for (int k = 0; k < decisions.length; k++) {
      probabilities[offset + k] = expit(decisions[k]);
    }
    normalise(probabilities, offset, decisions.length);
  }

  /** Whether the decision of a binary classifier is the logarithm of the odds. */
  static boolean isLogistic(ProbabilityLink link) {
    double decision = 0.7;
    double[] probabilities = new double[2];
    link.apply(new double[] {decision}, probabilities, 0);
    return probabilities[1] == expit(decision);
  }

  /** Multinomial: softmax of the decisions ({@code sklearn.utils.extmath.softmax}). */
  static void softmax(double[] decisions, double[] probabilities, int offset) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double decision : decisions) {
      largest = Math.max(largest, decision);
    }
    double sum = 0;
    for (int k = 0; k < decisions.length; k++) {
      probabilities[offset + k] = Math.exp(decisions[k] - largest);
      sum += probabilities[offset + k];
    }
    for (int k = 0; k < decisions.length; k++) {
      probabilities[offset + k] /= sum;
    }
  }

  /** Multinomial with two classes: softmax of {@code [-decision, decision]}. */
  static void softmaxOfTwo(double[] decisions, double[] probabilities, int offset) {
    softmax(new double[] {-decisions[0], decisions[0]}, probabilities, offset);
  }

  /**
   * Divides by the sum, or makes all equal where that is 0: {@code predict_proba} in scikit-learn
   * works around it so.
   */
  static void normalise(double[] probabilities, int offset, int classes) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += probabilities[offset + k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[offset + k] = sum == 0 ? 1.0 / classes : probabilities[offset + k] / sum;
    }
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
