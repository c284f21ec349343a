package dev.flightdelay.predictor.sklearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.EstimatorPickle.Array;
import dev.flightdelay.predictor.reader.EstimatorPickle.Objects;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors, encoders, imputers and neighbours with options that are not read, or damaged. */
class EstimatorRefusalTest {

  private static final Path FIXTURES = Path.of("src/test/resources/parity-estimators");

  @ParameterizedTest(name = "{0}")
  @MethodSource("unread")
  void namesTheClassAndTheOption(String option, Reason reason, EstimatorPickle pickle) {
    byte[] file = pickle.bytes();

    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, ""));

    assertThat(refusal).hasMessageContaining(pickle.estimator() + ": ");
    assertThat(refusal).hasMessageContaining(option);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  static Stream<Arguments> unread() {
    return Stream.of(
        Arguments.of("threshold", Reason.MODEL_INVALID, selector().with("threshold", "2*mode")),
        Arguments.of("threshold", Reason.MODEL_INVALID, selector().with("threshold", "x*mean")),
        Arguments.of(
            "importance_getter", Reason.UNSUPPORTED, selector().with("importance_getter", 1)),
        Arguments.of("max_features", Reason.UNSUPPORTED, selector().with("max_features", "sqrt")),
        Arguments.of("norm_order", Reason.MODEL_INVALID, selector().with("norm_order", 0)),
        Arguments.of(
            "coef_ nor trees",
            Reason.UNSUPPORTED,
            selector().with("estimator_", EstimatorPickle.of("sklearn.svm._classes", "SVR"))),
        Arguments.of(
            "mode",
            Reason.MODEL_INVALID,
            EstimatorPickle.of(
                    "sklearn.feature_selection._univariate_selection", "GenericUnivariateSelect")
                .with("mode", "best")),
        Arguments.of(
            "pvalues_",
            Reason.STATE_INVALID,
            EstimatorPickle.of("sklearn.feature_selection._univariate_selection", "SelectFpr")
                .with("alpha", 0.5)),
        Arguments.of("encode", Reason.MODEL_INVALID, bins().with("encode", "binary")),
        Arguments.of("n_bins_", Reason.MODEL_INVALID, bins().with("n_bins_", Array.of(3))),
        Arguments.of(
            "bin_edges_",
            Reason.MODEL_INVALID,
            bins().with("bin_edges_", new Objects(List.of(numbers(2, 1, 0))))),
        Arguments.of(
            "bin_edges_",
            Reason.MODEL_INVALID,
            bins().with("bin_edges_", new Objects(List.of("edges")))),
        Arguments.of("metric", Reason.UNSUPPORTED, knn().with("metric", "cosine")),
        Arguments.of("weights", Reason.UNSUPPORTED, knn().with("weights", 1)),
        Arguments.of("missing_values", Reason.MODEL_INVALID, knn().with("missing_values", "?")),
        Arguments.of(
            "_valid_mask", Reason.MODEL_INVALID, knn().with("_valid_mask", Array.of(0, 1))),
        Arguments.of(
            "sample_posterior",
            Reason.UNSUPPORTED,
            EstimatorPickle.of("sklearn.impute._iterative", "IterativeImputer")
                .with("sample_posterior", true)),
        Arguments.of(
            "outlier_label", Reason.UNSUPPORTED, radius().with("outlier_label_", List.of("far"))),
        Arguments.of("radius", Reason.MODEL_INVALID, radius().with("radius", -1.0)),
        Arguments.of(
            "y_",
            Reason.MODEL_INVALID,
            EstimatorPickle.of("sklearn.multiclass", "_ConstantPredictor")
                .with("n_features_in_", 1)
                .with("y_", Array.of(2))),
        Arguments.of(
            "several labels",
            Reason.UNSUPPORTED,
            EstimatorPickle.of("sklearn.preprocessing._label", "LabelBinarizer")
                .with("y_type_", "multilabel-indicator")),
        Arguments.of(
            "extrapolation",
            Reason.MODEL_INVALID,
            EstimatorPickle.of("sklearn.preprocessing._polynomial", "SplineTransformer")
                .with("extrapolation", "cubic")
                .with("bsplines_", List.of(spline()))));
  }

  @Test
  void refusesArraysInsideArraysThatAreInsideArrays() {
    EstimatorPickle pickle =
        bins().with("bin_edges_", new Objects(List.of(new Objects(List.of(numbers(0, 1, 2))))));

    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> ModelReader.read(pickle.bytes(), ""))
        .withMessageContaining("arrays of numbers");
  }

  @Test
  void refusesOneArrayOfEdgesForVeryManyColumns() {
    // Each refers to the same 4000 edges, which would be copied for each.
    List<Object> columns = new ArrayList<>();
    double[] edges = new double[4000];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = i;
    }
    Array column = numbers(edges);
    long[] counts = new long[300];
    for (int i = 0; i < counts.length; i++) {
      columns.add(column);
      counts[i] = edges.length - 1;
    }
    EstimatorPickle pickle =
        bins().with("bin_edges_", new Objects(columns)).with("n_bins_", Array.of(counts));

    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> ModelReader.read(pickle.bytes(), ""))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BUDGET_EXCEEDED));
  }

  @Test
  void saysWhichValueLiesBeyondTheSplines() throws IOException {
    Model model = fixture("sk19-spline-error-3");
    double[] row = new double[model.signature().features().count()];
    row[1] = 1e6;

    assertThatExceptionOfType(UnusableRowsException.class)
        .isThrownBy(() -> model.score(Rows.of(row), false, false))
        .withMessageContaining("feature 1")
        .withMessageContaining("splines were fitted from");
  }

  @Test
  void saysWhichRowHasNoNeighbours() throws IOException {
    Model model = fixture("sk19-radius-kd_tree");
    double[] far = new double[model.signature().features().count()];
    far[0] = 1e6;

    assertThatExceptionOfType(UnusableRowsException.class)
        .isThrownBy(() -> model.score(Rows.of(far), false, false))
        .withMessageContaining("row 0 has no neighbours");
  }

  @Test
  void saysWhichLabelIsUnknown() throws IOException {
    Model model = fixture("sk19-label-encoder");
    Rows rows = new Rows(new double[2], new String[] {"early", "never"}, 2, 1);

    assertThatExceptionOfType(UnusableRowsException.class)
        .isThrownBy(() -> model.score(rows, false, false))
        .withMessageContaining("row 1");
  }

  private static Model fixture(String name) throws IOException {
    return ModelReader.read(Files.readAllBytes(FIXTURES.resolve(name + ".pkl")), "").model();
  }

  private static Array numbers(double... numbers) {
    return Array.of(new long[] {numbers.length}, numbers);
  }

  private static EstimatorPickle selector() {
    return EstimatorPickle.of("sklearn.feature_selection._from_model", "SelectFromModel")
        .with(
            "estimator_",
            EstimatorPickle.of("sklearn.linear_model._ridge", "Ridge")
                .with("coef_", numbers(1, 2, 3)));
  }

  private static EstimatorPickle bins() {
    return EstimatorPickle.of("sklearn.preprocessing._discretization", "KBinsDiscretizer")
        .with("encode", "ordinal")
        .with("n_bins_", Array.of(2))
        .with("bin_edges_", new Objects(List.of(numbers(0, 1, 2))));
  }

  private static EstimatorPickle knn() {
    return EstimatorPickle.of("sklearn.impute._knn", "KNNImputer")
        .with("metric", "nan_euclidean")
        .with("weights", "uniform")
        .with("n_neighbors", 1)
        .with("_fit_X", Array.of(new long[] {1, 2}, 1, 2))
        .with("_mask_fit_X", Array.of(0, 0))
        .with("_valid_mask", Array.of(1, 1));
  }

  private static EstimatorPickle radius() {
    return EstimatorPickle.of("sklearn.neighbors._classification", "RadiusNeighborsClassifier")
        .with("classes_", Array.of(0, 1))
        .with("radius", 1.0)
        .with("weights", "uniform")
        .with("effective_metric_", "euclidean")
        .with("_fit_method", "brute")
        .with("_fit_X", Array.of(new long[] {2, 1}, -1, 1))
        .with("_y", Array.of(0, 1));
  }

  private static EstimatorPickle spline() {
    return EstimatorPickle.of("scipy.interpolate._bsplines", "BSpline")
        .with("t", numbers(0, 1, 2, 3))
        .with("c", Array.of(new long[] {2, 2}, 1, 0, 0, 1))
        .with("k", 1);
  }
}
