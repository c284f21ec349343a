package dev.flightdelay.predictor.sklearn.search;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.pickle.PickleObject;

/** The searches for parameters in {@code sklearn.model_selection}. */
public final class SearchFamily {

  private static final String SEARCH = "sklearn.model_selection._search";
  private static final String HALVING = "sklearn.model_selection._search_successive_halving";
  private static final String THRESHOLD = "sklearn.model_selection._classification_threshold";
  private static final String SCORER = "how candidates were scored";
  private static final String RESULTS = "what was found while searching";
  private static final String DISTRIBUTION = "what candidates were drawn from";
  private static final String METRICS = "sklearn.metrics.";
  private static final String[] OF_CLASSES = {
    "accuracy_score",
    "balanced_accuracy_score",
    "f1_score",
    "fbeta_score",
    "precision_score",
    "recall_score",
    "jaccard_score",
    "matthews_corrcoef",
    "cohen_kappa_score",
    "log_loss",
    "brier_score_loss"
  };
  private static final String[] OF_RANKS = {
    "roc_auc_score", "average_precision_score", "top_k_accuracy_score"
  };
  private static final String[] OF_NUMBERS = {
    "r2_score",
    "explained_variance_score",
    "max_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "root_mean_squared_error",
    "root_mean_squared_log_error"
  };

  /** What {@code best_estimator_} was found by. */
  private static final String[] UNREAD = {
    "scoring",
    "scorer_",
    "param_grid",
    "param_distributions",
    "best_params_",
    "cv",
    "_checked_cv_orig",
    "cv_results_",
    "refit",
    "estimator"
  };

  private static final String[] SCORERS = {
    "_PassthroughScorer",
    "_MultimetricScorer",
    "_Scorer",
    "_PredictScorer",
    "_ProbaScorer",
    "_ThresholdScorer"
  };

  public static final Family FAMILY =
      Family.builder()
          .model(BestEstimator::read, "GridSearchCV", SEARCH)
          .model(BestEstimator::read, "RandomizedSearchCV", SEARCH)
          .model(BestEstimator::read, "HalvingGridSearchCV", HALVING)
          .model(BestEstimator::read, "HalvingRandomSearchCV", HALVING)
          .model(ThresholdClassifier::fixed, "FixedThresholdClassifier", THRESHOLD)
          .model(ThresholdClassifier::tuned, "TunedThresholdClassifierCV", THRESHOLD)
          .part(
              "what a threshold was tuned for",
              "_CurveScorer",
              "sklearn.metrics._scorer",
              THRESHOLD)
          .unread(RESULTS, "sklearn.utils.deprecation", "DeprecationDict")
          .value(RESULTS, "builtins", "FutureWarning")
          .value(RESULTS, "exceptions", "FutureWarning")
          .unreadIn("GridSearchCV", UNREAD)
          .unreadIn("RandomizedSearchCV", UNREAD)
          .unreadIn("HalvingGridSearchCV", UNREAD)
          .unreadIn("HalvingRandomSearchCV", UNREAD)
          .unread(DISTRIBUTION, "builtins", "range")
          .unread(DISTRIBUTION, "__builtin__", "range", "xrange")
          .unread(RESULTS, "numpy.ma.core", "_mareconstruct")
          .value(RESULTS, "numpy.ma.core", "MaskedArray")
          .value(RESULTS, "numpy.ma", "MaskedArray")
          .unread(SCORER, "sklearn.metrics._scorer", SCORERS)
          .unread(
              SCORER,
              "sklearn.metrics.scorer",
              "_PredictScorer",
              "_ProbaScorer",
              "_ThresholdScorer")
          .value(SCORER, "sklearn.metrics._scorer", "_passthrough_scorer")
          .value(SCORER, "sklearn.metrics.scorer", "_passthrough_scorer")
          .value(SCORER, METRICS + "_classification", OF_CLASSES)
          .value(SCORER, METRICS + "classification", OF_CLASSES)
          .value(SCORER, METRICS + "_ranking", OF_RANKS)
          .value(SCORER, METRICS + "ranking", OF_RANKS)
          .value(SCORER, METRICS + "_regression", OF_NUMBERS)
          .value(SCORER, METRICS + "regression", OF_NUMBERS)
          .unread(DISTRIBUTION, "scipy.stats._distn_infrastructure", "rv_frozen")
          .unread(
              DISTRIBUTION,
              "scipy.stats._distn_infrastructure",
              "rv_continuous_frozen",
              "rv_discrete_frozen")
          .unread(
              DISTRIBUTION,
              "scipy.stats._continuous_distns",
              "uniform_gen",
              "loguniform_gen",
              "reciprocal_gen",
              "expon_gen",
              "norm_gen",
              "lognorm_gen",
              "gamma_gen",
              "beta_gen",
              "truncnorm_gen",
              "truncexpon_gen",
              "halfnorm_gen",
              "triang_gen",
              "weibull_min_gen",
              "chi2_gen",
              "t_gen",
              "cauchy_gen",
              "laplace_gen",
              "logistic_gen",
              "pareto_gen",
              "powerlaw_gen")
          .unread(
              DISTRIBUTION,
              "scipy.stats._discrete_distns",
              "randint_gen",
              "poisson_gen",
              "geom_gen",
              "binom_gen",
              "bernoulli_gen",
              "nbinom_gen",
              "zipf_gen",
              "logser_gen",
              "planck_gen",
              "dlaplace_gen")
          .forgotten(DISTRIBUTION, SearchFamily::isMethodOfDistribution, "getattr", "builtins")
          .forgotten(DISTRIBUTION, SearchFamily::isMethodOfDistribution, "getattr", "__builtin__")
          .unread(DISTRIBUTION, "numpy", "vectorize")
          .unread(DISTRIBUTION, "numpy.lib.function_base", "vectorize")
          .unread(
              "how parameters would be routed",
              "sklearn.utils._metadata_requests",
              "MetadataRequest",
              "MethodMetadataRequest")
          .unread(DISTRIBUTION, SEARCH, "ParameterGrid", "ParameterSampler")
          .since("1.0", "HalvingGridSearchCV", "HalvingRandomSearchCV")
          .since("1.5", "FixedThresholdClassifier", "TunedThresholdClassifierCV")
          .build();

  private SearchFamily() {}

  /** {@code (randint_gen instance, '_entropy')}: a discrete distribution keeps its own method. */
  private static boolean isMethodOfDistribution(Object[] arguments) {
    return arguments.length == 2
        && arguments[0] instanceof PickleObject distribution
        && distribution.type().module().equals("scipy.stats._discrete_distns")
        && "_entropy".equals(arguments[1]);
  }
}
