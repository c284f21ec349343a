package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code feature_selection}; until 0.21 its modules had no underscore. */
public final class FeatureSelectionFamily {

  private static final String PACKAGE = "sklearn.feature_selection.";
  private static final String[] UNIVARIATE = {
    PACKAGE + "_univariate_selection", PACKAGE + "univariate_selection"
  };
  private static final String[] VARIANCE = {
    PACKAGE + "_variance_threshold", PACKAGE + "variance_threshold"
  };
  private static final String[] ELIMINATION = {PACKAGE + "_rfe", PACKAGE + "rfe"};
  private static final String WHY = "how columns were judged while fitting";
  private static final String[] SCORES = {"f_classif", "f_regression", "chi2", "r_regression"};

  public static final Family FAMILY =
      Family.builder()
          .transformer(UnivariateSelector::best, "SelectKBest", UNIVARIATE)
          .transformer(UnivariateSelector::percentile, "SelectPercentile", UNIVARIATE)
          .transformer(UnivariateSelector::falsePositiveRate, "SelectFpr", UNIVARIATE)
          .transformer(UnivariateSelector::falseDiscoveryRate, "SelectFdr", UNIVARIATE)
          .transformer(UnivariateSelector::familyWiseError, "SelectFwe", UNIVARIATE)
          .transformer(UnivariateSelector::generic, "GenericUnivariateSelect", UNIVARIATE)
          .transformer(Selectors::variance, "VarianceThreshold", VARIANCE)
          .modelOrTransformer(RecursiveElimination::read, Selectors::support, "RFE", ELIMINATION)
          .modelOrTransformer(RecursiveElimination::read, Selectors::support, "RFECV", ELIMINATION)
          .transformer(Selectors::support, "SequentialFeatureSelector", PACKAGE + "_sequential")
          .transformer(
              SelectFromModel::read,
              "SelectFromModel",
              PACKAGE + "_from_model",
              PACKAGE + "from_model")
          .unreadIn("SelectKBest", "score_func")
          .unreadIn("SelectPercentile", "score_func")
          .unreadIn("SelectFpr", "score_func")
          .unreadIn("SelectFdr", "score_func")
          .unreadIn("SelectFwe", "score_func")
          .unreadIn("GenericUnivariateSelect", "score_func")
          .unreadIn("SequentialFeatureSelector", "scoring", "cv")
          .unreadIn("RFE", "importance_getter")
          .unreadIn("RFECV", "importance_getter", "scoring", "cv", "cv_results_")
          .value(WHY, UNIVARIATE[0], SCORES)
          .value(WHY, UNIVARIATE[1], SCORES)
          .value(WHY, PACKAGE + "_mutual_info", "mutual_info_classif", "mutual_info_regression")
          .value(WHY, PACKAGE + "mutual_info_", "mutual_info_classif", "mutual_info_regression")
          .since("1.0", "SequentialFeatureSelector")
          .build();

  private FeatureSelectionFamily() {}
}
