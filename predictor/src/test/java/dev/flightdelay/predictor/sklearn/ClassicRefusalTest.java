package dev.flightdelay.predictor.sklearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.EstimatorPickle.Array;
import dev.flightdelay.predictor.reader.ModelReader;
import org.junit.jupiter.api.Test;

/** SVMs, neighbours, naive Bayes and networks whose parts do not fit together are refused. */
class ClassicRefusalTest {

  @Test
  void servesTheSoundOnes() {
    assertThat(ModelReader.read(svc().bytes(), "").model().signature().estimator())
        .isEqualTo("SVC");
    assertThat(ModelReader.read(neighbors().bytes(), "").model().signature().estimator())
        .isEqualTo("KNeighborsClassifier");
    assertThat(ModelReader.read(gaussian().bytes(), "").model().signature().estimator())
        .isEqualTo("GaussianNB");
  }

  @Test
  void refusesCoefficientsForOtherVectors() {
    assertRefused(
        svc().with("_dual_coef_", Array.of(new long[] {1, 3}, 1, -1, 0.5)), "_dual_coef_");
  }

  @Test
  void refusesMoreVectorsThanThereAre() {
    assertRefused(svc().with("_n_support", Array.of(1, 5)), "_n_support");
  }

  @Test
  void refusesNegativeCountsOfVectors() {
    assertRefused(svc().with("_n_support", Array.of(-1, 3)), "_n_support");
  }

  @Test
  void refusesCoefficientsThatAreNotFinite() {
    assertRefused(
        svc().with("_dual_coef_", Array.of(new long[] {1, 2}, 1, Double.NaN)), "_dual_coef_");
  }

  @Test
  void refusesInterceptsForOtherPairs() {
    assertRefused(svc().with("_intercept_", Array.of(new long[] {2}, 1, 2)), "_intercept_");
  }

  @Test
  void refusesPrecomputedKernelsByName() {
    ModelRefusedException refusal = refusal(svc().with("kernel", "precomputed"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal).hasMessageContaining("kernel");
  }

  @Test
  void refusesAFitThatIsMissing() {
    ModelRefusedException refusal = refusal(svc().without("support_vectors_"));

    assertThat(refusal.reason()).isEqualTo(Reason.STATE_INVALID);
    assertThat(refusal).hasMessageContaining("support_vectors_");
  }

  @Test
  void refusesMoreNeighborsThanRows() {
    assertRefused(neighbors().with("n_neighbors", 3), "neighbours");
  }

  @Test
  void refusesNeighborsOfUnknownClasses() {
    assertRefused(neighbors().with("_y", Array.of(0, 2)), "no class");
  }

  @Test
  void refusesATreeOfNeighborsThatIsNone() {
    ModelRefusedException refusal =
        refusal(neighbors().with("_fit_method", "kd_tree").with("_tree", 1));

    assertThat(refusal.reason()).isEqualTo(Reason.STATE_INVALID);
  }

  @Test
  void refusesMetricsByName() {
    ModelRefusedException refusal = refusal(neighbors().with("effective_metric_", "cosine"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal).hasMessageContaining("metric");
  }

  @Test
  void refusesVariancesThatAreNotPositive() {
    assertRefused(gaussian().with("var_", Array.of(new long[] {2, 1}, 1, 0)), "variance");
  }

  @Test
  void refusesMeansForOtherClasses() {
    assertRefused(gaussian().with("theta_", Array.of(new long[] {3, 1}, 1, 0, 2)), "theta_");
  }

  @Test
  void refusesThresholdsThatDoNotIncrease() {
    assertRefused(
        EstimatorPickle.of("sklearn.isotonic", "IsotonicRegression")
            .with("X_thresholds_", Array.of(new long[] {3}, 0, 2, 1))
            .with("y_thresholds_", Array.of(new long[] {3}, 0, 1, 2)),
        "X_thresholds_");
  }

  @Test
  void refusesANetworkWithoutLayers() {
    assertRefused(
        EstimatorPickle.of("sklearn.neural_network._multilayer_perceptron", "MLPRegressor")
            .with("coefs_", new Object[0])
            .with("intercepts_", new Object[0]),
        "layers");
  }

  @Test
  void refusesLayersThatDoNotMeet() {
    assertRefused(
        EstimatorPickle.of("sklearn.neural_network._multilayer_perceptron", "MLPRegressor")
            .with(
                "coefs_",
                new Object[] {
                  Array.of(new long[] {1, 2}, 1, 2), Array.of(new long[] {3, 1}, 1, 2, 3)
                })
            .with(
                "intercepts_",
                new Object[] {Array.of(new long[] {2}, 1, 2), Array.of(new long[] {1}, 1)}),
        "coefs_");
  }

  @Test
  void refusesAnEstimatorOfNoEstimators() {
    assertRefused(
        EstimatorPickle.of("sklearn.multioutput", "MultiOutputRegressor")
            .with("estimators_", new Object[0]),
        "estimators_");
  }

  private static void assertRefused(EstimatorPickle pickle, String naming) {
    ModelRefusedException refusal = refusal(pickle);

    assertThat(refusal.reason()).isEqualTo(Reason.MODEL_INVALID);
    assertThat(refusal).hasMessageContaining(naming);
  }

  private static ModelRefusedException refusal(EstimatorPickle pickle) {
    byte[] bytes = pickle.bytes();
    return catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(bytes, ""));
  }

  private static EstimatorPickle svc() {
    return EstimatorPickle.of("sklearn.svm._classes", "SVC")
        .with("classes_", Array.of(0, 1))
        .with("kernel", "rbf")
        .with("_gamma", 0.5)
        .with("coef0", 0.0)
        .with("degree", 3)
        .with("support_vectors_", Array.of(new long[] {2, 1}, -1, 1))
        .with("_n_support", Array.of(1, 1))
        .with("_dual_coef_", Array.of(new long[] {1, 2}, 1, -1))
        .with("_intercept_", Array.of(new long[] {1}, 0.25));
  }

  private static EstimatorPickle neighbors() {
    return EstimatorPickle.of("sklearn.neighbors._classification", "KNeighborsClassifier")
        .with("classes_", Array.of(0, 1))
        .with("n_neighbors", 1)
        .with("weights", "uniform")
        .with("effective_metric_", "euclidean")
        .with("_fit_method", "brute")
        .with("_fit_X", Array.of(new long[] {2, 1}, -1, 1))
        .with("_y", Array.of(0, 1));
  }

  private static EstimatorPickle gaussian() {
    return EstimatorPickle.of("sklearn.naive_bayes", "GaussianNB")
        .with("classes_", Array.of(0, 1))
        .with("class_prior_", Array.of(new long[] {2}, 0.5, 0.5))
        .with("theta_", Array.of(new long[] {2, 1}, -1, 1))
        .with("var_", Array.of(new long[] {2, 1}, 1, 1));
  }
}
