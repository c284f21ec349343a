package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.estimator.EstimatorReader;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.estimator.TransformerReader;
import dev.flightdelay.predictor.numpy.NumpyGlobals;
import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.SharedParts;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearModels;
import dev.flightdelay.predictor.xgboost.XGBoostModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All estimators that are read, looked up by exact module and name; and the allow-list, which is
 * what they and NumPy's arrays need and nothing else.
 */
public final class Estimators {

  private static final List<Family> FAMILIES =
      List.of(
          LinearModels.FAMILY,
          XGBoostModels.FAMILY, //
          SharedParts.FAMILY);

  private static final Map<GlobalName, EstimatorReader> MODELS = new HashMap<>();
  private static final Map<GlobalName, TransformerReader> TRANSFORMERS = new HashMap<>();
  private static final AllowedGlobals ALLOWED;

  static {
    List<AllowedGlobal> allowed = new ArrayList<>(NumpyGlobals.ALL);
    for (Family family : FAMILIES) {
      MODELS.putAll(family.models());
      TRANSFORMERS.putAll(family.transformers());
      allowed.addAll(family.globals());
    }
    ALLOWED = new AllowedGlobals(allowed);
  }

  private Estimators() {}

  /** The reader for that class; empty if it is no estimator that is read. */
  static Optional<EstimatorReader> model(GlobalName type) {
    return Optional.ofNullable(MODELS.get(type));
  }

  /** The reader for that class; empty if it is no transformer that is read. */
  static Optional<TransformerReader> transformer(GlobalName type) {
    return Optional.ofNullable(TRANSFORMERS.get(type));
  }

  /** The names of the estimators that are served, each once, for messages. */
  public static List<String> names() {
    return FAMILIES.stream().flatMap(family -> family.names().stream()).distinct().toList();
  }

  /** Everything that a model file may name. */
  public static AllowedGlobals allowedGlobals() {
    return ALLOWED;
  }
}
