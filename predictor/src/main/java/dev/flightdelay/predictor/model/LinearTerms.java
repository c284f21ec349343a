package dev.flightdelay.predictor.model;

/**
 * A model whose score is a sum of one term per feature, so that each feature's part in an answer
 * can be told.
 */
public interface LinearTerms {

  /**
   * What each feature added to the score that decided for the answer: {@code coef * value}, in
   * column order. For a binary classifier positive terms push towards the second class, for other
   * classifiers towards the class {@code label}, for a regressor towards larger values.
   *
   * @param label the position of the predicted class; ignored by a regressor
   */
  double[] terms(Rows rows, int row, int label);
}
