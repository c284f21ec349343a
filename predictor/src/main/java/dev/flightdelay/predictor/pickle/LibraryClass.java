package dev.flightdelay.predictor.pickle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a class of a known library from everything else that a file may name. It only chooses the
 * sentence of a refusal: what is not in the table is refused either way, before anything is made.
 *
 * <p>A name is one by where it stands (a package in which the library keeps estimators and their
 * parts) and by how it is written (as the libraries write classes, never functions).
 */
final class LibraryClass {

  /**
   * @param name as its users write it
   * @param packages where it keeps estimators, their parts, and what they are fitted with
   */
  private record Library(String name, Set<String> packages) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "scikit-learn",
              Set.of(
                  "sklearn._loss",
                  "sklearn.calibration",
                  "sklearn.cluster",
                  "sklearn.compose",
                  "sklearn.covariance",
                  "sklearn.cross_decomposition",
                  "sklearn.cross_validation",
                  "sklearn.decomposition",
                  "sklearn.discriminant_analysis",
                  "sklearn.dummy",
                  "sklearn.ensemble",
                  "sklearn.feature_extraction",
                  "sklearn.feature_selection",
                  "sklearn.frozen",
                  "sklearn.gaussian_process",
                  "sklearn.grid_search",
                  "sklearn.impute",
                  "sklearn.isotonic",
                  "sklearn.kernel_approximation",
                  "sklearn.kernel_ridge",
                  "sklearn.lda",
                  "sklearn.linear_model",
                  "sklearn.manifold",
                  "sklearn.metrics",
                  "sklearn.mixture",
                  "sklearn.model_selection",
                  "sklearn.multiclass",
                  "sklearn.multioutput",
                  "sklearn.naive_bayes",
                  "sklearn.neighbors",
                  "sklearn.neural_network",
                  "sklearn.pipeline",
                  "sklearn.preprocessing",
                  "sklearn.qda",
                  "sklearn.random_projection",
                  "sklearn.semi_supervised",
                  "sklearn.svm",
                  "sklearn.tree")),
          new Library(
              "XGBoost",
              Set.of(
                  "xgboost.callback",
                  "xgboost.compat",
                  "xgboost.core",
                  "xgboost.dask",
                  "xgboost.sklearn",
                  "xgboost.spark")),
          new Library(
              "LightGBM",
              Set.of(
                  "lightgbm.basic",
                  "lightgbm.callback",
                  "lightgbm.compat",
                  "lightgbm.dask",
                  "lightgbm.sklearn")),
          new Library("CatBoost", Set.of("catboost.core")));

  private static final Pattern MODULE = Pattern.compile("[a-z0-9_]+(\\.[A-Za-z0-9_]+)*");
  private static final Pattern CLASS = Pattern.compile("_?[A-Z][A-Za-z0-9]*");

  private LibraryClass() {}

  /** The library, as its users write it, that has this class; empty if it is no such class. */
  static Optional<String> libraryOf(GlobalName name) {
    if (!CLASS.matcher(name.name()).matches() || !MODULE.matcher(name.module()).matches()) {
      return Optional.empty();
    }
    String[] parts = name.module().split("\\.", 3);
    if (parts.length < 2) {
      return Optional.empty();
    }
    String inPackage = parts[0] + "." + parts[1];
    return LIBRARIES.stream()
        .filter(library -> library.packages().contains(inPackage))
        .map(Library::name)
        .findFirst();
  }
}
