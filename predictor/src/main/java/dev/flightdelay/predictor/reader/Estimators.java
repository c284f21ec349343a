package dev.flightdelay.predictor.reader;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.flightdelay.predictor.estimator.EstimatorReader;
import dev.flightdelay.predictor.numpy.NumpyGlobals;
import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Opaque;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Type;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearRegressor;
import dev.flightdelay.predictor.sklearn.linearmodel.LogisticRegression;
import dev.flightdelay.predictor.sklearn.linearmodel.Perceptron;
import dev.flightdelay.predictor.sklearn.linearmodel.RidgeClassifier;
import dev.flightdelay.predictor.sklearn.linearmodel.SGDClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The estimators that are read, one line each, looked up by exact module and name; and the
 * allow-list that follows from them. Where a class has moved, its older module stands behind the
 * newer one.
 */
public final class Estimators {

  private record Line(EstimatorReader reader, String name, List<String> modules) {}

  private static final String LOGISTIC = "sklearn.linear_model._logistic";
  private static final String BASE = "sklearn.linear_model._base";
  private static final String RIDGE = "sklearn.linear_model._ridge";
  private static final String COORDINATE_DESCENT = "sklearn.linear_model._coordinate_descent";
  private static final String SGD = "sklearn.linear_model._stochastic_gradient";

  // scikit-learn named these modules without the underscore until 0.21.
  private static final List<Line> LINES =
      List.of(
          line(LogisticRegression::read, "LogisticRegression", LOGISTIC, old("logistic")),
          line(LogisticRegression::read, "LogisticRegressionCV", LOGISTIC, old("logistic")),
          line(LinearRegressor::read, "LinearRegression", BASE, old("base")),
          line(LinearRegressor::read, "Ridge", RIDGE, old("ridge")),
          line(LinearRegressor::read, "RidgeCV", RIDGE, old("ridge")),
          line(LinearRegressor::read, "Lasso", COORDINATE_DESCENT, old("coordinate_descent")),
          line(LinearRegressor::read, "LassoCV", COORDINATE_DESCENT, old("coordinate_descent")),
          line(LinearRegressor::read, "ElasticNet", COORDINATE_DESCENT, old("coordinate_descent")),
          line(
              LinearRegressor::read, "ElasticNetCV", COORDINATE_DESCENT, old("coordinate_descent")),
          line(
              LinearRegressor::read,
              "MultiTaskLasso",
              COORDINATE_DESCENT,
              old("coordinate_descent")),
          line(
              LinearRegressor::read,
              "MultiTaskLassoCV",
              COORDINATE_DESCENT,
              old("coordinate_descent")),
          line(
              LinearRegressor::read,
              "MultiTaskElasticNet",
              COORDINATE_DESCENT,
              old("coordinate_descent")),
          line(
              LinearRegressor::read,
              "MultiTaskElasticNetCV",
              COORDINATE_DESCENT,
              old("coordinate_descent")),
          line(LinearRegressor::read, "SGDRegressor", SGD, old("stochastic_gradient")),
          line(SGDClassifier::read, "SGDClassifier", SGD, old("stochastic_gradient")),
          line(
              Perceptron::read,
              "Perceptron",
              "sklearn.linear_model._perceptron",
              old("perceptron")),
          line(RidgeClassifier::read, "RidgeClassifier", RIDGE, old("ridge")),
          line(RidgeClassifier::read, "RidgeClassifierCV", RIDGE, old("ridge")));

  private static final List<String> LOSSES =
      List.of(
          "Hinge",
          "SquaredHinge",
          "Log",
          "ModifiedHuber",
          "SquaredLoss",
          "Huber",
          "EpsilonInsensitive",
          "SquaredEpsilonInsensitive");

  // Parts of these estimators that predictions need, or that are carried along unread.
  private static final List<AllowedGlobal> PARTS =
      Stream.of(
              Stream.of(
                  part("sklearn.preprocessing._label", "LabelBinarizer", "a classifier's labels"),
                  part("sklearn.preprocessing.label", "LabelBinarizer", "a classifier's labels")),
              unread(
                  "how a loss was computed while fitting",
                  "sklearn.linear_model._sgd_fast",
                  LOSSES),
              unread("how a loss was computed while fitting", old("sgd_fast"), LOSSES),
              unread(
                  "how a loss was computed while fitting",
                  "sklearn._loss._loss",
                  List.of("CyHalfBinomialLoss", "CyHalfSquaredError", "CyHuberLoss")),
              unread(
                  "how data were split while fitting",
                  "sklearn.model_selection._split",
                  List.of(
                      "KFold",
                      "StratifiedKFold",
                      "GroupKFold",
                      "ShuffleSplit",
                      "StratifiedShuffleSplit",
                      "TimeSeriesSplit",
                      "RepeatedKFold",
                      "RepeatedStratifiedKFold")))
          .flatMap(part -> part)
          .toList();

  private static final Map<GlobalName, EstimatorReader> READERS =
      LINES.stream()
          .flatMap(
              line ->
                  line.modules().stream()
                      .map(module -> Map.entry(new GlobalName(module, line.name()), line.reader())))
          .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private Estimators() {}

  private static Line line(EstimatorReader reader, String name, String... modules) {
    return new Line(reader, name, List.of(modules));
  }

  private static String old(String module) {
    return "sklearn.linear_model." + module;
  }

  private static AllowedGlobal part(String module, String name, String why) {
    return new Type(new GlobalName(module, name), why);
  }

  private static Stream<AllowedGlobal> unread(String why, String module, List<String> names) {
    return names.stream().map(name -> new Opaque(new GlobalName(module, name), why));
  }

  /** The reader for that class; empty if it is no estimator that is read. */
  public static Optional<EstimatorReader> reader(GlobalName type) {
    return Optional.ofNullable(READERS.get(type));
  }

  /** The names of the estimators that are read, each once, for messages. */
  public static List<String> names() {
    return LINES.stream().map(Line::name).distinct().toList();
  }

  /** Everything that a model file may name. */
  public static AllowedGlobals allowedGlobals() {
    List<AllowedGlobal> allowed = new ArrayList<>(NumpyGlobals.ALL);
    READERS.keySet().forEach(type -> allowed.add(new Type(type, "an estimator that is read")));
    allowed.addAll(PARTS);
    return new AllowedGlobals(allowed);
  }
}
