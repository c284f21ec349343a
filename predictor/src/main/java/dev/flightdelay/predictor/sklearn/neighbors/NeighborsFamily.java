package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;

/** scikit-learn's {@code neighbors}; until 0.21 its modules had no underscore in their names. */
public final class NeighborsFamily {

  private static final String PACKAGE = "sklearn.neighbors.";
  private static final String WHY = "how the rows are searched";
  private static final String[] METRIC_MODULES = {
    "sklearn.metrics._dist_metrics", PACKAGE + "_dist_metrics", PACKAGE + "dist_metrics"
  };
  private static final String[] METRICS = {
    "EuclideanDistance",
    "EuclideanDistance64",
    "ManhattanDistance",
    "ManhattanDistance64",
    "ChebyshevDistance",
    "ChebyshevDistance64",
    "MinkowskiDistance",
    "MinkowskiDistance64"
  };

  public static final Family FAMILY = family();

  private NeighborsFamily() {}

  private static Family family() {
    Family.Builder family =
        Family.builder()
            .model(
                KNeighborsClassifier::read,
                "KNeighborsClassifier",
                PACKAGE + "_classification",
                PACKAGE + "classification")
            .model(
                KNeighborsRegressor::read,
                "KNeighborsRegressor",
                PACKAGE + "_regression",
                PACKAGE + "regression")
            .model(
                RadiusNeighborsClassifier::read,
                "RadiusNeighborsClassifier",
                PACKAGE + "_classification",
                PACKAGE + "classification")
            .model(
                RadiusNeighborsRegressor::read,
                "RadiusNeighborsRegressor",
                PACKAGE + "_regression",
                PACKAGE + "regression")
            .model(
                NearestCentroid::read,
                "NearestCentroid",
                PACKAGE + "_nearest_centroid",
                PACKAGE + "nearest_centroid")
            .model(
                LocalOutlierFactor::read, "LocalOutlierFactor", PACKAGE + "_lof", PACKAGE + "lof")
            .value(WHY, PACKAGE + "_kd_tree", "KDTree", "KDTree64")
            .value(WHY, PACKAGE + "kd_tree", "KDTree", "BinaryTree")
            .value(WHY, PACKAGE + "_ball_tree", "BallTree", "BallTree64")
            .value(WHY, PACKAGE + "ball_tree", "BallTree", "BinaryTree")
            .function(
                WHY,
                NeighborsFamily::instance,
                "newObj",
                PACKAGE + "_kd_tree",
                PACKAGE + "kd_tree",
                PACKAGE + "_ball_tree",
                PACKAGE + "ball_tree")
            .function("what is near", NeighborsFamily::instance, "newObj", METRIC_MODULES);
    for (String module : METRIC_MODULES) {
      family.value("what is near", module, METRICS);
    }
    return family.since("0.20", "LocalOutlierFactor").build();
  }

  /** {@code newObj(class)}: an instance whose state follows. */
  private static Object instance(Object[] arguments) {
    if (arguments.length == 1
        && arguments[0] instanceof GlobalName type
        && (type.module().endsWith("_tree") || type.module().endsWith("dist_metrics"))) {
      return new PickleObject(type, 0);
    }
    throw new IllegalArgumentException("newObj takes a tree or a metric");
  }
}
