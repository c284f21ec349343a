package dev.flightdelay.predictor.sklearn.svm;

import java.util.Arrays;

/**
 * Probabilities of classes from those of pairs of classes: {@code sigmoid_predict} and {@code
 * multiclass_probability} in libsvm's {@code svm.cpp}, which is method 2 of Wu, Lin and Weng,
 * "Probability Estimates for Multi-class Classification by Pairwise Coupling", 2004. It stops
 * early, so that its very steps decide about the digits.
 */
final class PairwiseCoupling {

  private static final double MIN_PROBABILITY = 1e-7;

  private final double[] slopes;
  private final double[] offsets;
  private final int classes;

  /**
   * @param slopes {@code probA_}, one for each pair
   * @param offsets {@code probB_}, one for each pair
   */
  PairwiseCoupling(double[] slopes, double[] offsets, int classes) {
    this.slopes = slopes;
    this.offsets = offsets;
    this.classes = classes;
  }

  /** The operations where the coupling takes all its rounds. */
  long operations() {
    return 2L * classes * classes * Math.max(100, classes);
  }

  /**
   * @param decisions libsvm's decision values, one for each pair
   */
  void apply(double[] decisions, double[] probabilities, int offset) {
    double[][] pairs = new double[classes][classes];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        double first = sigmoid(decisions[pair] * slopes[pair] + offsets[pair]);
        pairs[i][j] = Math.min(Math.max(first, MIN_PROBABILITY), 1 - MIN_PROBABILITY);
        pairs[j][i] = 1 - pairs[i][j];
        pair++;
      }
    }
    double[] p = couple(pairs);
    System.arraycopy(p, 0, probabilities, offset, classes);
  }

  /** {@code 1 / (1 + exp(x))} without cancellation. */
  private static double sigmoid(double x) {
    return x >= 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
  }

  private double[] couple(double[][] r) {
    int k = classes;
    double[] p = new double[k];
    Arrays.fill(p, 1.0 / k);
    double[][] q = new double[k][k];
    for (int t = 0; t < k; t++) {
      for (int j = 0; j < t; j++) {
        q[t][t] += r[j][t] * r[j][t];
        q[t][j] = q[j][t];
      }
      for (int j = t + 1; j < k; j++) {
        q[t][t] += r[j][t] * r[j][t];
        q[t][j] = -r[j][t] * r[t][j];
      }
    }
    double[] qp = new double[k];
    double epsilon = 0.005 / k;
    for (int iteration = 0; iteration < Math.max(100, k); iteration++) {
      double pqp = 0;
      for (int t = 0; t < k; t++) {
        qp[t] = 0;
        for (int j = 0; j < k; j++) {
          qp[t] += q[t][j] * p[j];
        }
        pqp += p[t] * qp[t];
      }
      double largest = 0;
      for (int t = 0; t < k; t++) {
        largest = Math.max(largest, Math.abs(qp[t] - pqp));
      }
      if (largest < epsilon) {
        break;
      }
      for (int t = 0; t < k; t++) {
        double difference = (-qp[t] + pqp) / q[t][t];
        p[t] += difference;
        pqp =
            (pqp + difference * (difference * q[t][t] + 2 * qp[t]))
                / (1 + difference)
                / (1 + difference);
        for (int j = 0; j < k; j++) {
          qp[j] = (qp[j] + difference * q[t][j]) / (1 + difference);
          p[j] /= 1 + difference;
        }
      }
    }
    return p;
  }
}
