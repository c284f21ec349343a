package dev.flightdelay.predictor.sklearn.naivebayes;

/** The unnormalised log probability of a row and each class: {@code _joint_log_likelihood}. */
@FunctionalInterface
interface JointLogLikelihood {

  /**
   * @param values rows of numbers; the row begins at {@code offset}
   * @param likelihoods where one number for each class goes
   */
  void apply(double[] values, int offset, double[] likelihoods);
}
