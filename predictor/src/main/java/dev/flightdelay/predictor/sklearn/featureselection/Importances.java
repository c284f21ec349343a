package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.PairwiseSum;
import dev.flightdelay.predictor.sklearn.tree.ImpurityImportances;
import java.util.ArrayList;
import java.util.List;

/**
 * How important a fitted estimator finds each feature: its {@code coef_}, else its {@code
 * feature_importances_}, which trees work out when they are asked ({@code _get_feature_importances}
 * in scikit-learn's {@code feature_selection/_base.py}).
 */
final class Importances {

  private static final int MAX_PATH = 8;

  private Importances() {}

  /**
   * @param getter {@code auto} or the path of an attribute
   * @param order of the norm of a feature's coefficients, where it has several
   */
  static double[] of(Attributes selector, Attributes estimator, String getter, double order) {
    if (getter.equals("auto")) {
      return estimator.has("coef_")
          ? norms(estimator, "coef_", order)
          : ofTrees(selector, estimator);
    }
    String[] path = getter.split("\\.", MAX_PATH);
    Attributes at = estimator;
    for (int i = 0; i < path.length - 1; i++) {
      // A pipeline has its steps by name only when it is asked.
      at =
          path[i].equals("named_steps") && i + 2 < path.length
              ? step(at, path[++i])
              : at.object(path[i]);
    }
    String last = path[path.length - 1];
    return last.equals("feature_importances_") && !at.has(last)
        ? ofTrees(selector, at)
        : norms(at, last, order);
  }

  private static Attributes step(Attributes pipeline, String name) {
    for (Object item : pipeline.list("steps")) {
      if (item instanceof Object[] pair && pair.length == 2 && name.equals(pair[0])) {
        return pipeline.object(pair[1], "steps");
      }
    }
    throw pipeline.invalid(
        Reason.MODEL_INVALID, "importance_getter names a step that is not there");
  }

  private static double[] norms(Attributes estimator, String name, double order) {
    int[] shape = estimator.array(name).shape();
    double[] coefficients = estimator.reals(name);
    if (shape.length < 1 || shape.length > 2 || coefficients.length == 0) {
      throw estimator.invalid(Reason.MODEL_INVALID, name + " is not one row a class or target");
    }
    int width = shape[shape.length - 1];
    double[] norms = new double[width];
    for (int j = 0; j < width; j++) {
      norms[j] =
          shape.length == 1 ? Math.abs(coefficients[j]) : norm(coefficients, j, width, order);
    }
    return norms;
  }

  /** {@code numpy.linalg.norm} of one column. */
  private static double norm(double[] matrix, int column, int width, double order) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = column; i < matrix.length; i += width) {
      double size = Math.abs(matrix[i]);
      least = Math.min(least, size);
      most = Math.max(most, size);
      sum += order == 1 ? size : order == 2 ? size * size : Math.pow(size, order);
    }
    if (Double.isInfinite(order)) {
      return order > 0 ? most : least;
    }
    return order == 1 ? sum : order == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / order);
  }

  private static double[] ofTrees(Attributes selector, Attributes estimator) {
    if (estimator.value("feature_importances_").orElse(null) instanceof NdArray) {
      return norms(estimator, "feature_importances_", 1);
    }
    return switch (estimator.estimator()) {
      case "DecisionTreeClassifier",
          "DecisionTreeRegressor",
          "ExtraTreeClassifier",
          "ExtraTreeRegressor" ->
          ImpurityImportances.read(estimator).normalized();
      case "RandomForestClassifier",
          "RandomForestRegressor",
          "ExtraTreesClassifier",
          "ExtraTreesRegressor" ->
          mean(estimator, trees(estimator), true);
      case "GradientBoostingClassifier", "GradientBoostingRegressor" ->
          mean(estimator, trees(estimator), false);
      case "AdaBoostClassifier", "AdaBoostRegressor" -> weighted(estimator, trees(estimator));
      default ->
          throw selector.invalid(
              Reason.UNSUPPORTED,
              "its estimator %s keeps neither coef_ nor trees of scikit-learn in the file; select"
                      .formatted(estimator.estimator())
                  + " by one that does");
    };
  }

  private static List<ImpurityImportances> trees(Attributes estimator) {
    List<ImpurityImportances> trees = new ArrayList<>();
    Object[] items =
        estimator.value("estimators_").orElse(null) instanceof NdArray array && array.isBuilt()
            ? estimator.orInvalid("estimators_", array::objects)
            : estimator.list("estimators_").toArray();
    for (Object item : items) {
      if (!(item instanceof PickleObject)) {
        throw estimator.invalid(Reason.STATE_INVALID, "estimators_ holds what is no tree");
      }
      Attributes tree = estimator.object(item, "estimators_");
      if (!(tree.estimator().startsWith("DecisionTree")
          || tree.estimator().startsWith("ExtraTree"))) {
        throw estimator.invalid(
            Reason.UNSUPPORTED,
            "feature_importances_ of a %s is not read".formatted(tree.estimator()));
      }
      trees.add(ImpurityImportances.read(tree));
      if (trees.getLast().values().length != trees.getFirst().values().length) {
        throw estimator.invalid(Reason.MODEL_INVALID, "its trees are for different features");
      }
    }
    if (trees.isEmpty()) {
      throw estimator.invalid(Reason.MODEL_INVALID, "estimators_ is empty");
    }
    return trees;
  }

  /** Of all trees that split at all, with a sum of 1. */
  private static double[] mean(
      Attributes estimator, List<ImpurityImportances> trees, boolean normalized) {
    double[] mean = new double[trees.getFirst().values().length];
    int count = 0;
    for (ImpurityImportances tree : trees) {
      if (tree.nodes() > 1) {
        double[] importances = normalized ? tree.normalized() : tree.values();
        for (int j = 0; j < mean.length; j++) {
          mean[j] += importances[j];
        }
        count++;
      }
    }
    for (int j = 0; j < mean.length && count > 0; j++) {
      mean[j] /= count;
    }
    double sum = PairwiseSum.of(mean);
    for (int j = 0; j < mean.length && count > 0; j++) {
      mean[j] /= sum;
      if (!Double.isFinite(mean[j])) {
        throw estimator.invalid(
            Reason.MODEL_INVALID, "feature_importances_ is not finite: fit it again");
      }
    }
    return mean;
  }

  private static double[] weighted(Attributes estimator, List<ImpurityImportances> trees) {
    double[] weights = estimator.reals("estimator_weights_");
    double[] sums = new double[trees.getFirst().values().length];
    if (weights.length < trees.size()) {
      throw estimator.invalid(
          Reason.MODEL_INVALID, "estimator_weights_ has no number for each estimator");
    }
    for (int m = 0; m < trees.size(); m++) {
      double[] importances = trees.get(m).normalized();
      for (int j = 0; j < sums.length; j++) {
        sums[j] += weights[m] * importances[j];
      }
    }
    double total = PairwiseSum.of(weights);
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= total;
    }
    return sums;
  }
}
