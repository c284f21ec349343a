package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows.OfCell;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.CellTransformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.Passthrough;
import java.util.HashMap;
import java.util.Map;

/** FunctionTransformer: a function of NumPy applied to each number, or nothing where it is None. */
final class FunctionTransformer {

  private FunctionTransformer() {}

  /** Reads {@code func}; the width is known from scikit-learn 0.24 on. */
  static Transformer read(Attributes attributes) {
    int width = Width.read(attributes, "n_features_in_");
    Features features = FeatureNames.read(attributes, width);
    if (!attributes.has("func")) {
      return new Passthrough(features);
    }
    if (attributes.value("kw_args").orElse(null) instanceof Map<?, ?> map && !map.isEmpty()) {
      throw attributes.invalid(Reason.UNSUPPORTED, "kw_args are not read");
    }
    NumpyFunction function =
        attributes
            .value("func")
            .filter(GlobalName.class::isInstance)
            .map(GlobalName.class::cast)
            .filter(name -> NumpyFunction.MODULES.contains(name.module()))
            .flatMap(name -> NumpyFunction.named(name.name()))
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.UNSUPPORTED,
                        "func is none of NumPy's " + String.join(", ", NumpyFunction.names())));
    Map<Integer, Double> ones = new HashMap<>();
    for (int j = 0; j < width && !Double.isFinite(function.apply(0)); j++) {
      ones.put(j, 1.0);
    }
    OfCell ofCell = (x, j) -> function.apply(x);
    return new CellTransformer(
        features.withSamples(ones),
        !attributes.flag("validate", false),
        ofCell,
        function.apply(0) == 0 ? ofCell : null);
  }
}
