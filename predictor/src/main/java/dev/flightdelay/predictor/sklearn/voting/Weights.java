package dev.flightdelay.predictor.sklearn.voting;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weights of the estimators that were not dropped. */
final class Weights {

  private Weights() {}

  /** All 1 where {@code weights} is None. */
  static double[] read(Attributes attributes, int models) {
    if (!attributes.has("weights")) {
      double[] equal = new double[models];
      Arrays.fill(equal, 1);
      return equal;
    }
    List<Object> given =
        attributes.value("weights").orElse(null) instanceof NdArray array && array.isBuilt()
            ? Arrays.asList(attributes.orInvalid("weights", array::values))
            : attributes.list("weights");
    List<Object> estimators = attributes.list("estimators");
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < Math.min(given.size(), estimators.size()); i++) {
      if (isDropped(estimators.get(i))) {
        continue;
      }
      if (!(NumpyScalar.unwrap(given.get(i)) instanceof Number weight)
          || !Double.isFinite(weight.doubleValue())) {
        throw attributes.invalid(Reason.MODEL_INVALID, "weights holds no finite number");
      }
      weights.add(weight.doubleValue());
    }
    if (weights.size() != models || weights.stream().mapToDouble(w -> w).sum() == 0) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d weights for %d estimators".formatted(weights.size(), models));
    }
    return weights.stream().mapToDouble(w -> w).toArray();
  }

  /** Dropped ones are the text 'drop', or until 0.23 None. */
  private static boolean isDropped(Object named) {
    List<?> pair =
        switch (named) {
          case Object[] tuple -> Arrays.asList(tuple);
          case List<?> list -> list;
          case null, default -> List.of();
        };
    return pair.size() == 2 && (pair.get(1) == null || pair.get(1) instanceof String);
  }
}
