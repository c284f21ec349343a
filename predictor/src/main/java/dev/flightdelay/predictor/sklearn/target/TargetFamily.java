package dev.flightdelay.predictor.sklearn.target;

import dev.flightdelay.predictor.estimator.Family;

/** What transforms a target, of scikit-learn's {@code compose}. */
public final class TargetFamily {

  private static final String WHY = "how the target was transformed";

  public static final Family FAMILY = family();

  private TargetFamily() {}

  private static Family family() {
    String data = "sklearn.preprocessing._data";
    String oldData = "sklearn.preprocessing.data";
    Family.Builder family =
        Family.builder()
            .model(
                TransformedTargetRegressor::read,
                "TransformedTargetRegressor",
                "sklearn.compose._target")
            .part(WHY, "FunctionTransformer", "sklearn.preprocessing._function_transformer")
            .part(WHY, "StandardScaler", data, oldData)
            .part(WHY, "RobustScaler", data, oldData)
            .part(WHY, "MaxAbsScaler", data, oldData)
            .part(WHY, "MinMaxScaler", data, oldData);
    String[] functions = InverseTarget.FUNCTIONS.keySet().stream().sorted().toArray(String[]::new);
    for (String module : InverseTarget.MODULES) {
      family.value(WHY, module, functions);
    }
    return family.since("0.20", "TransformedTargetRegressor").build();
  }
}
