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
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        sums[i] -= confidences[pair];
        sums[j] += confidences[pair];
        votes[second[pair] ? j : i]++;
        pair++;
      }
    }
    for (int k = 0; k < classes; k++) {
      decisions[offset + k] = votes[k] + sums[k] / (3 * (Math.abs(sums[k]) + 1));
    }
  }
}
