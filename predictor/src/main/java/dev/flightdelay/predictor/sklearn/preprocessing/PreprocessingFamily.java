package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.pickle.GlobalName;

/**
 * scikit-learn's {@code preprocessing}; until 0.21 its modules had no underscore in their names.
 */
public final class PreprocessingFamily {

  private static final String PACKAGE = "sklearn.preprocessing.";
  private static final String[] DATA = {PACKAGE + "_data", PACKAGE + "data"};
  private static final String[] LABELS = {PACKAGE + "_label", PACKAGE + "label"};
  private static final String[] ENCODERS = {PACKAGE + "_encoders"};

  public static final Family FAMILY =
      withFunctions(
              Family.builder()
                  .transformer(Scalers::standard, "StandardScaler", DATA)
                  .transformer(Scalers::minMax, "MinMaxScaler", DATA)
                  .transformer(Scalers::maxAbs, "MaxAbsScaler", DATA)
                  .transformer(Scalers::robust, "RobustScaler", DATA)
                  .transformer(Normalizer::read, "Normalizer", DATA)
                  .transformer(Binarizer::read, "Binarizer", DATA)
                  .transformer(
                      PolynomialFeatures::read,
                      "PolynomialFeatures",
                      PACKAGE + "_polynomial",
                      PACKAGE + "_data",
                      PACKAGE + "data")
                  .transformer(PowerTransformer::read, "PowerTransformer", DATA)
                  .transformer(QuantileTransformer::read, "QuantileTransformer", DATA)
                  .transformer(
                      SplineTransformer::read, "SplineTransformer", PACKAGE + "_polynomial")
                  .part(
                      "a column's splines",
                      "BSpline",
                      "scipy.interpolate._bsplines",
                      "scipy.interpolate.bsplines")
                  .part("a spline of SciPy 1.18", "_BSpline", "scipy.interpolate._bsplines")
                  .value(
                      "what a spline of SciPy 1.16 or later keeps",
                      "scipy._lib.array_api_compat.numpy._aliases",
                      "asarray")
                  .transformer(
                      KBinsDiscretizer::read, "KBinsDiscretizer", PACKAGE + "_discretization")
                  .transformer(OneHotEncoder::read, "OneHotEncoder", ENCODERS)
                  .transformer(OrdinalEncoder::read, "OrdinalEncoder", ENCODERS)
                  .transformer(TargetEncoder::read, "TargetEncoder", PACKAGE + "_target_encoder")
                  .transformer(LabelEncoder::read, "LabelEncoder", LABELS)
                  .transformer(LabelBinarizer::read, "LabelBinarizer", LABELS)
                  .transformer(
                      FunctionTransformer::read,
                      "FunctionTransformer",
                      PACKAGE + "_function_transformer")
                  .unreadIn("FunctionTransformer", "inverse_func", "feature_names_out"))
          .since("0.20", "OneHotEncoder", "OrdinalEncoder", "KBinsDiscretizer", "PowerTransformer")
          .since("1.0", "Normalizer", "Binarizer", "SplineTransformer")
          .since("1.3", "TargetEncoder", "FunctionTransformer")
          .build();

  private PreprocessingFamily() {}

  /** {@code _ufunc_reconstruct(module, name)}: before NumPy 1.20 a function by its name. */
  private static Object ufunc(Object[] arguments) {
    if (arguments.length == 2
        && "numpy".equals(arguments[0])
        && arguments[1] instanceof String name
        && NumpyFunction.named(name).isPresent()) {
      return new GlobalName("numpy", name);
    }
    throw new IllegalArgumentException(
        "of NumPy's functions these are read: " + String.join(", ", NumpyFunction.names()));
  }

  private static Family.Builder withFunctions(Family.Builder family) {
    family.function(
        "the function of a FunctionTransformer",
        PreprocessingFamily::ufunc,
        "_ufunc_reconstruct",
        "numpy.core");
    String[] names = NumpyFunction.names();
    for (String module : NumpyFunction.MODULES) {
      family.value("the function of a FunctionTransformer", module, names);
    }
    return family;
  }
}
