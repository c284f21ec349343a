package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a RadiusNeighborsClassifier says of rows without neighbours.
 *
 * @param labels the classes of each output, and behind them the label of outliers where that is
 *     none of them
 * @param positions for each output the position of the outliers' label; null where there is none
 * @param voted for each output the class that has the probability 1; -1 where all have 0
 */
record OutlierLabels(List<Labels> labels, int[] positions, int[] voted, boolean areClasses) {

  private static final int NONE = -1;

  /** Reads {@code outlier_label_}: None, or a label for each output. */
  static OutlierLabels read(Attributes attributes, List<Labels> classes, boolean byDistance) {
    if (!attributes.has("outlier_label_")) {
      return new OutlierLabels(classes, null, null, true);
    }
    Object[] given = items(attributes);
    if (given.length != classes.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "outlier_label_ is not one label for each output");
    }
    List<Labels> labels = new ArrayList<>();
    int[] positions = new int[given.length];
    int[] voted = new int[given.length];
    boolean areClasses = true;
    for (int output = 0; output < given.length; output++) {
      Labels known = classes.get(output);
      Object label = label(attributes, known, NumpyScalar.unwrap(given[output]));
      positions[output] = known.values().indexOf(label);
      voted[output] = positions[output];
      if (positions[output] == NONE) {
        List<Object> more = new ArrayList<>(known.values());
        more.add(label);
        known = new Labels(known.kind(), more);
        positions[output] = known.size() - 1;
        areClasses = false;
      }
      labels.add(known);
    }
    if (countsClasses(attributes, byDistance)) {
      if (SklearnVersion.isBefore(attributes, 1, 9)) {
        byParameter(attributes, voted);
      } else {
        byPosition(attributes, classes.getFirst(), positions, voted);
      }
    }
    return new OutlierLabels(List.copyOf(labels), positions, voted, areClasses);
  }

  /**
   * Whether it is fitted so that the library, from 1.4 on, compares the parameter {@code
   * outlier_label} with the classes, and from 1.9 on with their positions: {@code
   * RadiusNeighborsClassMode}, which counts neighbours by any metric but the Euclidean.
   */
  private static boolean countsClasses(Attributes attributes, boolean byDistance) {
    return !byDistance
        && attributes.text("_fit_method").orElse("").equals("brute")
        && !attributes.flag("outputs_2d_", false)
        && !isEuclidean(attributes)
        && attributes.array("_fit_X").dtype().itemSize() == 8
        && !SklearnVersion.isBefore(attributes, 1, 4);
  }

  private static boolean isEuclidean(Attributes attributes) {
    return switch (attributes.text("metric").orElse("")) {
      case "euclidean", "sqeuclidean" -> true;
      case "minkowski" ->
          NumpyScalar.unwrap(attributes.value("p").orElse(null)) instanceof Number p
              && p.doubleValue() == 2;
      default -> false;
    };
  }

  /** The name {@code most_frequent} is no class. */
  private static void byParameter(Attributes attributes, int[] voted) {
    if (attributes.text("outlier_label").filter("most_frequent"::equals).isPresent()) {
      voted[0] = NONE;
    }
  }

  private static void byPosition(
      Attributes attributes, Labels classes, int[] positions, int[] voted) {
    voted[0] = NONE;
    if (NumpyScalar.unwrap(attributes.value("outlier_label").orElse(null)) instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0
        && number.intValue() < classes.size()) {
      voted[0] = number.intValue();
      positions[0] = voted[0];
    }
  }

  private static Object[] items(Attributes attributes) {
    return attributes.value("outlier_label_").orElseThrow() instanceof NdArray array
            && array.isBuilt()
        ? attributes.orInvalid("outlier_label_", array::values)
        : attributes.list("outlier_label_").toArray();
  }

  /** The label as those of the classes are. */
  private static Object label(Attributes attributes, Labels classes, Object given) {
    Object label =
        switch (classes.kind()) {
          case INTEGER ->
              given instanceof Long || given instanceof Integer
                  ? (Object) ((Number) given).longValue()
                  : null;
          case REAL ->
              given instanceof Number number && Double.isFinite(number.doubleValue())
                  ? number.doubleValue()
                  : null;
          case BOOLEAN -> given instanceof Boolean ? given : null;
          case TEXT -> given instanceof String ? given : null;
        };
    if (label == null) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "outlier_label is of another kind than its classes");
    }
    return label;
  }

  boolean known() {
    return positions != null;
  }

  /** The position of the label in {@link #labels()}. */
  int label(int output) {
    return positions[output];
  }

  /** 1 for the class that outliers are of, if they are of any. */
  double[] votes(int output) {
    double[] votes = new double[labels.get(output).size()];
    Arrays.fill(votes, 0);
    if (voted[output] != NONE) {
      votes[voted[output]] = 1;
    }
    return votes;
  }
}
