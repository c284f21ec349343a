package dev.flightdelay.predictor.sklearn.target;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** The way back from a transformed target: {@code transformer_.inverse_transform}. */
@FunctionalInterface
interface InverseTarget {

  /** The functions of NumPy that are known here, by name. */
  Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.of(
          "exp", Math::exp,
          "expm1", Math::expm1,
          "log", Math::log,
          "log1p", Math::log1p,
          "log10", Math::log10,
          "sqrt", Math::sqrt,
          "square", x -> x * x,
          "cbrt", Math::cbrt,
          "reciprocal", x -> 1 / x,
          "negative", x -> -x);

  /** Where NumPy 1 and 2 say that their functions are. */
  Set<String> MODULES =
      Set.of(
          "numpy",
          "numpy.core._multiarray_umath",
          "numpy._core._multiarray_umath",
          "numpy.core.umath",
          "numpy._core.umath");

  /** The target that {@code value} of that output stands for. */
  double apply(double value, int output);

  /** Reads a FunctionTransformer over NumPy's functions, or a scaler. */
  static InverseTarget read(Attributes transformer, int outputs) {
    return switch (transformer.estimator()) {
      case "FunctionTransformer" -> function(transformer);
      // (y * scale_) + mean_
      case "StandardScaler" ->
          scaler(transformer, "scale_", "mean_", "with_std", "with_mean", outputs);
      case "RobustScaler" ->
          scaler(transformer, "scale_", "center_", "with_scaling", "with_centering", outputs);
      case "MaxAbsScaler" -> scaler(transformer, "scale_", null, null, null, outputs);
      case "MinMaxScaler" -> {
        double[] scale = numbers(transformer, "scale_", outputs);
        double[] least = numbers(transformer, "min_", outputs);
        yield (value, output) -> (value - least[output]) / scale[output];
      }
      default ->
          throw transformer.invalid(
              Reason.UNSUPPORTED,
              "the target is transformed by none of FunctionTransformer, StandardScaler,"
                  + " RobustScaler, MaxAbsScaler and MinMaxScaler");
    };
  }

  private static InverseTarget function(Attributes transformer) {
    if (!transformer.has("inverse_func")) {
      return (value, output) -> value;
    }
    if (transformer.value("inverse_func").orElse(null) instanceof GlobalName name
        && MODULES.contains(name.module())
        && FUNCTIONS.get(name.name()) instanceof DoubleUnaryOperator known) {
      return (value, output) -> known.applyAsDouble(value);
    }
    throw transformer.invalid(
        Reason.UNSUPPORTED,
        "the target is transformed by a function that is none of NumPy's "
            + String.join(", ", FUNCTIONS.keySet().stream().sorted().toList()));
  }

  private static InverseTarget scaler(
      Attributes transformer,
      String scaleName,
      String centreName,
      String withScale,
      String withCentre,
      int outputs) {
    double[] scale =
        isOn(transformer, withScale) ? numbers(transformer, scaleName, outputs) : ones(outputs);
    double[] centre =
        centreName != null && isOn(transformer, withCentre)
            ? numbers(transformer, centreName, outputs)
            : new double[outputs];
    return (value, output) -> value * scale[output] + centre[output];
  }

  private static boolean isOn(Attributes transformer, String parameter) {
    return parameter == null
        || !(transformer.value(parameter).orElse(true) instanceof Boolean flag)
        || flag;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] numbers(Attributes transformer, String name, int outputs) {
    double[] numbers = transformer.reals(name);
    if (numbers.length != outputs) {
      throw transformer.invalid(
          Reason.MODEL_INVALID,
          "%s has %d numbers for %d targets".formatted(name, numbers.length, outputs));
    }
    return numbers;
  }
}
