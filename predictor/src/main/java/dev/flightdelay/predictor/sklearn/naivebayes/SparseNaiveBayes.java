package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;

/**
 * A naive Bayes classifier whose likelihoods are sums over a row's columns, to which a zero adds
 * nothing.
 */
final class SparseNaiveBayes implements SparseModel {

  private final Model dense;
  private final SparseLikelihood likelihood;

  private SparseNaiveBayes(Model dense, SparseLikelihood likelihood) {
    this.dense = dense;
    this.likelihood = likelihood;
  }

  static Model of(
      Attributes attributes,
      Labels labels,
      int features,
      JointLogLikelihood likelihood,
      SparseLikelihood sparse) {
    return new SparseNaiveBayes(NaiveBayes.of(attributes, labels, features, likelihood), sparse);
  }

  /** {@link JointLogLikelihood} of a row of sparse rows. */
  @FunctionalInterface
  interface SparseLikelihood {
    void apply(SparseRows rows, int row, double[] likelihoods);
  }

  @Override
  public Signature signature() {
    return dense.signature();
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    dense.score(rows, from, to, scores);
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    double[] likelihoods = new double[signature().probabilityWidth()];
    for (int row = 0; row < rows.count(); row++) {
      likelihood.apply(rows, row, likelihoods);
      NaiveBayes.write(likelihoods, row, scores);
    }
  }
}
