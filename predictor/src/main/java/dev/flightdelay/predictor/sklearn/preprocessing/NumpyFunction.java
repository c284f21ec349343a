package dev.flightdelay.predictor.sklearn.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The functions of NumPy that a FunctionTransformer may apply to each number. */
enum NumpyFunction {
  LOG("log", Math::log),
  LOG1P("log1p", Math::log1p),
  LOG2("log2", x -> isPowerOfTwo(x) ? Math.getExponent(x) : Math.log(x) / Math.log(2)),
  LOG10("log10", Math::log10),
  EXP("exp", Math::exp),
  EXPM1("expm1", Math::expm1),
  SQRT("sqrt", Math::sqrt),
  CBRT("cbrt", Math::cbrt),
  SQUARE("square", x -> x * x),
  ABSOLUTE("absolute", Math::abs),
  FABS("fabs", Math::abs),
  SIGN("sign", Math::signum),
  NEGATIVE("negative", x -> -x),
  RECIPROCAL("reciprocal", x -> 1 / x),
  FLOOR("floor", Math::floor),
  CEIL("ceil", Math::ceil),
  RINT("rint", Math::rint),
  SIN("sin", Math::sin),
  COS("cos", Math::cos),
  TAN("tan", Math::tan),
  TANH("tanh", Math::tanh),
  ARCTAN("arctan", Math::atan),
  RADIANS("radians", Math::toRadians),
  DEG2RAD("deg2rad", Math::toRadians);

  /** Where a pickle may say that they are: NumPy 1 and 2 have moved them. */
  static final List<String> MODULES =
      List.of(
          "numpy",
          "numpy.core._multiarray_umath",
          "numpy._core._multiarray_umath",
          "numpy.core.umath",
          "numpy._core.umath");

  private final String numpyName;
  private final DoubleUnaryOperator function;

  NumpyFunction(String numpyName, DoubleUnaryOperator function) {
    this.numpyName = numpyName;
    this.function = function;
  }

  static String[] names() {
    return Arrays.stream(values()).map(f -> f.numpyName).toArray(String[]::new);
  }

  static Optional<NumpyFunction> named(String name) {
    return Arrays.stream(values()).filter(f -> f.numpyName.equals(name)).findFirst();
  }

  double apply(double x) {
    return function.applyAsDouble(x);
  }

  private static boolean isPowerOfTwo(double x) {
    return x >= Double.MIN_NORMAL && x == Math.scalb(1.0, Math.getExponent(x));
  }
}
