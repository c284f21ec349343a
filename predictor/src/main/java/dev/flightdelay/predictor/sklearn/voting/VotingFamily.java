package dev.flightdelay.predictor.sklearn.voting;

import dev.flightdelay.predictor.estimator.Family;

/** The estimators of {@code sklearn.ensemble} that are made of any others. */
public final class VotingFamily {

  private static final String[] VOTING = {
    "sklearn.ensemble._voting", "sklearn.ensemble.voting", "sklearn.ensemble.voting_classifier"
  };
  private static final String STACKING = "sklearn.ensemble._stacking";

  public static final Family FAMILY =
      Family.builder()
          .model(VotingClassifier::read, "VotingClassifier", VOTING)
          .model(VotingRegressor::read, "VotingRegressor", VOTING)
          .model(Stacking::classifier, "StackingClassifier", STACKING)
          .model(Stacking::regressor, "StackingRegressor", STACKING)
          .since("0.22", "StackingClassifier", "StackingRegressor", "VotingRegressor")
          .unreadIn("StackingClassifier", "cv")
          .unreadIn("StackingRegressor", "cv")
          .build();

  private VotingFamily() {}
}
