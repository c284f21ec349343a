package dev.flightdelay.predictor.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes and gives.
 *
 * @param estimator the estimator's name as its library has it, such as {@code LogisticRegression}
 * @param library the library's name as its users write it, such as {@code scikit-learn}
 * @param libraryVersion the version that the file says it was written by; empty if it does not say
 * @param features the columns of a row
 * @param classes the classes of a classifier, for each of its outputs; empty for a regressor
 * @param outputs the columns of {@code predict}: 1 gives an array of shape (rows), more give (rows,
 *     outputs)
 * @param hasProbabilities whether the estimator has {@code predict_proba}, of shape (rows,
 *     classes); with several outputs their classes stand side by side
 * @param decisionWidth the columns of {@code decision_function}: 0 where the estimator has none, 1
 *     gives an array of shape (rows), more give (rows, decisionWidth)
 * @param acceptsMissing whether NaN as input is a missing value rather than an error
 */
public record Signature(
    String estimator,
    String library,
    Optional<String> libraryVersion,
    Features features,
    List<Labels> classes,
    int outputs,
    boolean hasProbabilities,
    int decisionWidth,
    boolean acceptsMissing) {

  public Signature {
    requireNonNull(estimator);
    requireNonNull(library);
    requireNonNull(libraryVersion);
    requireNonNull(features);
    classes = List.copyOf(classes);
    if (outputs < 1 || decisionWidth < 0) {
      throw new IllegalArgumentException("a model has at least one output");
    }
    if (!classes.isEmpty() && classes.size() != outputs) {
      throw new IllegalArgumentException("a classifier has classes for each output");
    }
    if (hasProbabilities && classes.isEmpty()) {
      throw new IllegalArgumentException("only a classifier has probabilities");
    }
  }

  /** The classes of a classifier's first output, mostly its only one; empty for a regressor. */
  public Optional<Labels> labels() {
    return classes.stream().findFirst();
  }

  /** The columns of {@code predict_proba}: 0 where the estimator has none. */
  public int probabilityWidth() {
    return hasProbabilities ? classes.stream().mapToInt(Labels::size).sum() : 0;
  }
}
