package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.catboost.CatBoostFamily;
import dev.flightdelay.predictor.categoryencoders.CategoryEncodersFamily;
import dev.flightdelay.predictor.estimator.EstimatorReader;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.estimator.TransformerReader;
import dev.flightdelay.predictor.imblearn.ImblearnFamily;
import dev.flightdelay.predictor.lightgbm.LightGbmFamily;
import dev.flightdelay.predictor.numpy.NumpyGlobals;
import dev.flightdelay.predictor.pandas.PandasFamily;
import dev.flightdelay.predictor.pandas.PandasPartsFamily;
import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.scipy.ScipyFamily;
import dev.flightdelay.predictor.sklearn.SharedPartsFamily;
import dev.flightdelay.predictor.sklearn.calibration.CalibrationFamily;
import dev.flightdelay.predictor.sklearn.cluster.ClusterFamily;
import dev.flightdelay.predictor.sklearn.compose.ComposeFamily;
import dev.flightdelay.predictor.sklearn.crossdecomposition.CrossDecompositionFamily;
import dev.flightdelay.predictor.sklearn.decomposition.DecompositionFamily;
import dev.flightdelay.predictor.sklearn.discriminant.DiscriminantFamily;
import dev.flightdelay.predictor.sklearn.dummy.DummyFamily;
import dev.flightdelay.predictor.sklearn.ensemble.EnsembleFamily;
import dev.flightdelay.predictor.sklearn.featureextraction.FeatureExtractionFamily;
import dev.flightdelay.predictor.sklearn.featureselection.FeatureSelectionFamily;
import dev.flightdelay.predictor.sklearn.frozen.FrozenFamily;
import dev.flightdelay.predictor.sklearn.impute.ImputeFamily;
import dev.flightdelay.predictor.sklearn.isotonic.IsotonicFamily;
import dev.flightdelay.predictor.sklearn.kernelridge.KernelRidgeFamily;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearModelFamily;
import dev.flightdelay.predictor.sklearn.mixture.MixtureFamily;
import dev.flightdelay.predictor.sklearn.multiclass.MulticlassFamily;
import dev.flightdelay.predictor.sklearn.multioutput.MultioutputFamily;
import dev.flightdelay.predictor.sklearn.naivebayes.NaiveBayesFamily;
import dev.flightdelay.predictor.sklearn.neighbors.NeighborsFamily;
import dev.flightdelay.predictor.sklearn.neuralnetwork.NeuralNetworkFamily;
import dev.flightdelay.predictor.sklearn.pipeline.PipelineFamily;
import dev.flightdelay.predictor.sklearn.preprocessing.PreprocessingFamily;
import dev.flightdelay.predictor.sklearn.search.SearchFamily;
import dev.flightdelay.predictor.sklearn.svm.SvmFamily;
import dev.flightdelay.predictor.sklearn.target.TargetFamily;
import dev.flightdelay.predictor.sklearn.tree.TreeFamily;
import dev.flightdelay.predictor.sklearn.voting.VotingFamily;
import dev.flightdelay.predictor.xgboost.XGBoostFamily;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All estimators that are read, looked up by exact module and name; and the allow-list, which is
 * what they and NumPy's arrays need and nothing else.
 *
 * <p>A family's lines are made when a file names one of its packages: all of them together would
 * take a tenth of a second of every start.
 */
public final class Estimators {

  /**
   * @param packages where the family's estimators are
   */
  private record Entry(Supplier<Family> family, List<String> packages) {

    boolean holds(String module) {
      return packages.stream().anyMatch(module::startsWith);
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          entry(() -> LinearModelFamily.FAMILY, "sklearn.linear_model", "_loss"),
          entry(() -> TreeFamily.FAMILY, "sklearn.tree"),
          entry(() -> EnsembleFamily.FAMILY, "sklearn.ensemble", "_loss"),
          entry(() -> LightGbmFamily.FAMILY, "lightgbm"),
          entry(() -> CatBoostFamily.FAMILY, "catboost"),
          entry(() -> NeighborsFamily.FAMILY, "sklearn.neighbors"),
          entry(() -> SvmFamily.FAMILY, "sklearn.svm"),
          entry(() -> NaiveBayesFamily.FAMILY, "sklearn.naive_bayes"),
          entry(() -> DiscriminantFamily.FAMILY, "sklearn.discriminant_analysis", "sklearn.lda"),
          entry(() -> NeuralNetworkFamily.FAMILY, "sklearn.neural_network"),
          entry(() -> IsotonicFamily.FAMILY, "sklearn.isotonic"),
          entry(() -> CalibrationFamily.FAMILY, "sklearn.calibration"),
          entry(() -> VotingFamily.FAMILY, "sklearn.ensemble"),
          entry(() -> MulticlassFamily.FAMILY, "sklearn.multiclass"),
          entry(() -> MultioutputFamily.FAMILY, "sklearn.multioutput"),
          entry(() -> SearchFamily.FAMILY, "sklearn.model_selection"),
          entry(() -> FrozenFamily.FAMILY, "sklearn.frozen"),
          entry(() -> DummyFamily.FAMILY, "sklearn.dummy"),
          entry(() -> TargetFamily.FAMILY, "sklearn.compose"),
          entry(() -> PipelineFamily.FAMILY, "sklearn.pipeline"),
          entry(() -> ComposeFamily.FAMILY, "sklearn.compose"),
          entry(() -> PreprocessingFamily.FAMILY, "sklearn.preprocessing"),
          entry(() -> ImputeFamily.FAMILY, "sklearn.impute", "sklearn.preprocessing"),
          entry(() -> DecompositionFamily.FAMILY, "sklearn.decomposition"),
          entry(() -> FeatureExtractionFamily.FAMILY, "sklearn.feature_extraction"),
          entry(() -> ScipyFamily.FAMILY, "scipy.sparse"),
          entry(() -> FeatureSelectionFamily.FAMILY, "sklearn.feature_selection"),
          entry(() -> XGBoostFamily.FAMILY, "xgboost"),
          entry(() -> ImblearnFamily.FAMILY, "imblearn"),
          entry(() -> CategoryEncodersFamily.FAMILY, "category_encoders"),
          entry(() -> PandasFamily.FAMILY, "pandas"),
          entry(() -> PandasPartsFamily.FAMILY, "pandas", "datetime"),
          entry(() -> ClusterFamily.FAMILY, "sklearn.cluster"),
          entry(() -> CrossDecompositionFamily.FAMILY, "sklearn.cross_decomposition"),
          entry(() -> KernelRidgeFamily.FAMILY, "sklearn.kernel_ridge"),
          entry(() -> MixtureFamily.FAMILY, "sklearn.mixture"),
          entry(() -> SharedPartsFamily.FAMILY, "sklearn.utils", "sklearn.preprocessing"));

  private static final Set<Entry> LOADED = new HashSet<>();
  private static final Map<GlobalName, AllowedGlobal> RULES = new HashMap<>();
  private static final Map<GlobalName, EstimatorReader> MODELS = new HashMap<>();
  private static final Map<GlobalName, TransformerReader> TRANSFORMERS = new HashMap<>();

  private Estimators() {}

  private static Entry entry(Supplier<Family> family, String... packages) {
    return new Entry(family, Arrays.asList(packages));
  }

  /** The reader for that class; empty if it is no estimator that is read. */
  static synchronized Optional<EstimatorReader> model(GlobalName type) {
    load(type.module());
    return Optional.ofNullable(MODELS.get(type));
  }

  /** The reader for that class; empty if it is no transformer that is read. */
  static synchronized Optional<TransformerReader> transformer(GlobalName type) {
    load(type.module());
    return Optional.ofNullable(TRANSFORMERS.get(type));
  }

  /** The names of the estimators that are served, each once, for messages. */
  public static List<String> names() {
    return families().stream().flatMap(family -> family.names().stream()).distinct().toList();
  }

  /** All families. */
  static List<Family> families() {
    return ENTRIES.stream().map(entry -> entry.family().get()).toList();
  }

  /** Everything that a model file may name, rule by rule; several may be for one name. */
  public static List<AllowedGlobal> rules() {
    return Stream.concat(
            allowedGlobals().rules().stream(),
            families().stream().flatMap(family -> family.globals().stream()))
        .toList();
  }

  /** Everything that a model file may name. */
  public static AllowedGlobals allowedGlobals() {
    return new AllowedGlobals(NumpyGlobals.ALL, Estimators::rule);
  }

  /**
   * The rule for a name, or null: from the families of its package, else from any that lists it.
   */
  private static synchronized AllowedGlobal rule(GlobalName name) {
    load(name.module());
    if (!RULES.containsKey(name)) {
      ENTRIES.forEach(Estimators::load);
    }
    return RULES.get(name);
  }

  private static void load(String module) {
    for (Entry entry : ENTRIES) {
      if (entry.holds(module)) {
        load(entry);
      }
    }
  }

  private static void load(Entry entry) {
    if (LOADED.add(entry)) {
      Family family = entry.family().get();
      MODELS.putAll(family.models());
      TRANSFORMERS.putAll(family.transformers());
      family.globals().forEach(Estimators::add);
    }
  }

  /** Several families may need the same class, and then for the same. */
  private static void add(AllowedGlobal global) {
    AllowedGlobal other = RULES.putIfAbsent(global.global(), global);
    if (other != null && (other.getClass() != global.getClass() || isFunction(global))) {
      throw new IllegalStateException("two rules for the global " + global.global());
    }
    if (other instanceof AllowedGlobal.Type known
        && global instanceof AllowedGlobal.Type type
        && known.unread().isEmpty()) {
      RULES.put(type.global(), type);
    }
  }

  private static boolean isFunction(AllowedGlobal global) {
    return global instanceof AllowedGlobal.Function;
  }
}
