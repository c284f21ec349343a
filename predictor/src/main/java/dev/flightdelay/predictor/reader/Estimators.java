package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.catboost.CatBoost;
import dev.flightdelay.predictor.estimator.EstimatorReader;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.estimator.TransformerReader;
import dev.flightdelay.predictor.lightgbm.LightGbm;
import dev.flightdelay.predictor.numpy.NumpyGlobals;
import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.SharedParts;
import dev.flightdelay.predictor.sklearn.calibration.CalibratedClassifierCV;
import dev.flightdelay.predictor.sklearn.compose.Composition;
import dev.flightdelay.predictor.sklearn.decomposition.Decomposition;
import dev.flightdelay.predictor.sklearn.discriminant.DiscriminantAnalyses;
import dev.flightdelay.predictor.sklearn.dummy.Dummies;
import dev.flightdelay.predictor.sklearn.ensemble.Ensembles;
import dev.flightdelay.predictor.sklearn.featureselection.FeatureSelection;
import dev.flightdelay.predictor.sklearn.impute.Imputation;
import dev.flightdelay.predictor.sklearn.isotonic.IsotonicRegression;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearModels;
import dev.flightdelay.predictor.sklearn.multiclass.MulticlassStrategies;
import dev.flightdelay.predictor.sklearn.multioutput.MultipleOutputs;
import dev.flightdelay.predictor.sklearn.naivebayes.NaiveBayesModels;
import dev.flightdelay.predictor.sklearn.neighbors.Neighbors;
import dev.flightdelay.predictor.sklearn.neuralnetwork.NeuralNetworks;
import dev.flightdelay.predictor.sklearn.pipeline.Pipelines;
import dev.flightdelay.predictor.sklearn.preprocessing.Preprocessing;
import dev.flightdelay.predictor.sklearn.search.Searches;
import dev.flightdelay.predictor.sklearn.svm.SupportVectorMachines;
import dev.flightdelay.predictor.sklearn.target.TransformedTargetRegressor;
import dev.flightdelay.predictor.sklearn.tree.TreeModels;
import dev.flightdelay.predictor.sklearn.voting.VotingAndStacking;
import dev.flightdelay.predictor.xgboost.XGBoostModels;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
          LinearModels.FAMILY, //
          TreeModels.FAMILY, //
          Ensembles.FAMILY, //
          LightGbm.FAMILY, //
          CatBoost.FAMILY, //
          Neighbors.FAMILY, //
          SupportVectorMachines.FAMILY, //
          NaiveBayesModels.FAMILY, //
          DiscriminantAnalyses.FAMILY, //
          NeuralNetworks.FAMILY, //
          IsotonicRegression.FAMILY, //
          CalibratedClassifierCV.FAMILY, //
          VotingAndStacking.FAMILY, //
          MulticlassStrategies.FAMILY, //
          MultipleOutputs.FAMILY, //
          Searches.FAMILY, //
          Dummies.FAMILY, //
          TransformedTargetRegressor.FAMILY, //
          Pipelines.FAMILY, //
          Composition.FAMILY, //
          Preprocessing.FAMILY, //
          Imputation.FAMILY, //
          Decomposition.FAMILY, //
          FeatureSelection.FAMILY, //
          XGBoostModels.FAMILY, //
          SharedParts.FAMILY);

  private static final Map<GlobalName, EstimatorReader> MODELS = new HashMap<>();
  private static final Map<GlobalName, TransformerReader> TRANSFORMERS = new HashMap<>();
  private static final AllowedGlobals ALLOWED;

  static {
    Map<GlobalName, AllowedGlobal> allowed = new LinkedHashMap<>();
    NumpyGlobals.ALL.forEach(global -> add(allowed, global));
    for (Family family : FAMILIES) {
      MODELS.putAll(family.models());
      TRANSFORMERS.putAll(family.transformers());
      family.globals().forEach(global -> add(allowed, global));
    }
    ALLOWED = new AllowedGlobals(allowed.values());
  }

  private Estimators() {}

  /** Several families may need the same class, and then for the same. */
  private static void add(Map<GlobalName, AllowedGlobal> allowed, AllowedGlobal global) {
    AllowedGlobal other = allowed.putIfAbsent(global.global(), global);
    if (other != null && (other.getClass() != global.getClass() || isFunction(global))) {
      throw new IllegalStateException("two rules for the global " + global.global());
    }
  }

  private static boolean isFunction(AllowedGlobal global) {
    return global instanceof AllowedGlobal.Function;
  }

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
