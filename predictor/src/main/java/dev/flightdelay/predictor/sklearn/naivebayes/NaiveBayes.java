package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;

/** What all naive Bayes classifiers do with their likelihoods: {@code _BaseNB}. */
final class NaiveBayes implements Model {

  private final Signature signature;
  private final JointLogLikelihood likelihood;

  private NaiveBayes(Signature signature, JointLogLikelihood likelihood) {
    this.signature = signature;
    this.likelihood = likelihood;
  }

  static Model of(
      Attributes attributes, Labels labels, int features, JointLogLikelihood likelihood) {
    return new NaiveBayes(
        FittedSignature.of(attributes, FeatureNames.read(attributes, features))
            .classes(labels)
            .hasProbabilities(true)
            .build(),
        likelihood);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.probabilityWidth();
    double[] likelihoods = new double[classes];
    for (int row = from; row < to; row++) {
      likelihood.apply(rows.values(), row * rows.width(), likelihoods);
      write(likelihoods, row, scores);
    }
  }

  static void write(double[] likelihoods, int row, Scores scores) {
    int classes = likelihoods.length;
    scores.labels()[row] = LargestScore.of(likelihoods, 0, classes);
    if (scores.probabilities() != null) {
      normalise(likelihoods, likelihoods[scores.labels()[row]]);
      System.arraycopy(likelihoods, 0, scores.probabilities(), row * classes, classes);
    }
  }

  /** {@code exp(x - logsumexp(x))}. */
  private static void normalise(double[] likelihoods, double largest) {
    double sum = 0;
    for (double value : likelihoods) {
      sum += Math.exp(value - largest);
    }
    double logSum = Math.log(sum) + largest;
    for (int k = 0; k < likelihoods.length; k++) {
      likelihoods[k] = Math.exp(likelihoods[k] - logSum);
    }
  }
}
