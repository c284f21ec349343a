package dev.flightdelay.predictor.sklearn;

/**
 * One decision for each pair of classes, made into one for each class: {@code
 * _ovr_decision_function} in scikit-learn's {@code multiclass.py}.
 */
public final class OneVsOneVotes {

  private OneVsOneVotes() {}

  /**
   * Votes, and the sum of confidences moved into (-1/3, 1/3) so that it only breaks ties.
   *
   * @param second for each pair (i, j) with i < j whether it decided for j
   * @param confidences how sure each pair is of j
   * @param classes how many classes
   * @param decisions one number for each class, from {@code offset} on
   */
  public static void apply(
      boolean[] second, double[] confidences, int classes, double[] decisions, int offset) {
    double[] votes = new double[classes];
    double[] sums = new double[classes];
    add(second, confidences, votes, sums, 0, classes);
    for (int k = 0; k < classes; k++) {
      decisions[offset + k] = votes[k] + sums[k] / (3 * (Math.abs(sums[k]) + 1));
    }
  }

  /** One row's votes and sums of confidences, from {@code at} on in zeros. */
  public static void add(
      boolean[] second, double[] confidences, double[] votes, double[] sums, int at, int classes) {
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        sums[at + i] -= confidences[pair];
        sums[at + j] += confidences[pair];
        votes[at + (second[pair] ? j : i)]++;
        pair++;
      }
    }
  }

  /**
   * The decisions of all rows of a request, before 0.21: the sums are scaled by the largest among
   * them, so that they depend on what they are asked with.
   */
  public static void scaleTogether(double[] votes, double[] sums, double[] decisions, int offset) {
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (double sum : sums) {
      most = Math.max(most, sum);
      least = Math.min(least, sum);
    }
    double scale =
        most == least ? 0 : (0.5 - Math.ulp(1.0)) / Math.max(Math.abs(most), Math.abs(least));
    for (int i = 0; i < votes.length; i++) {
      decisions[offset + i] = votes[i] + sums[i] * scale;
    }
  }
}
