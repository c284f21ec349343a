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
 *     outputs); the columns of {@code transform}
 * @param hasProbabilities whether the estimator has {@code predict_proba}, of shape (rows,
 *     classes); with several outputs their classes stand side by side
 * @param decisionWidth the columns of {@code decision_function}: 0 where the estimator has none, 1
 *     gives an array of shape (rows), more give (rows, decisionWidth)
 * @param acceptsMissing whether NaN as input is a missing value rather than an error
 * @param method what is asked of the estimator for {@link Scores#values()} or {@link
 *     Scores#labels()}
 * @param transformWidth the columns of {@code transform}, of shape (rows, columns), of an estimator
 *     that predicts and transforms too, such as one of clusters; else 0
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
    boolean acceptsMissing,
    Method method,
    int transformWidth) {

  /** The method of the estimator that answers, and the name of its output. */
  public enum Method {
    /** What a classifier or regressor says of a row. */
    PREDICT("predict"),
    /**
     * What a transformer makes of a row: (rows, outputs), also where there is one output; NaN is a
     * value that is missing in what it gives.
     */
    TRANSFORM("transform");

    private final String output;

    Method(String output) {
      this.output = output;
    }

    /** The name as the library has it. */
    public String output() {
      return output;
    }
  }

  public Signature {
    requireNonNull(estimator);
    requireNonNull(library);
    requireNonNull(libraryVersion);
    requireNonNull(features);
    requireNonNull(method);
    classes = List.copyOf(classes);
    if (outputs < 1 || decisionWidth < 0 || transformWidth < 0) {
      throw new IllegalArgumentException("a model has at least one output");
    }
    if (!classes.isEmpty() && classes.size() != outputs) {
      throw new IllegalArgumentException("a classifier has classes for each output");
    }
    if (hasProbabilities && classes.isEmpty()) {
      throw new IllegalArgumentException("only a classifier has probabilities");
    }
    if (method == Method.TRANSFORM
        && (!classes.isEmpty() || decisionWidth > 0 || transformWidth > 0)) {
      throw new IllegalArgumentException("a transformer gives numbers alone");
    }
  }

  /** Of an estimator that predicts. */
  public Signature(
      String estimator,
      String library,
      Optional<String> libraryVersion,
      Features features,
      List<Labels> classes,
      int outputs,
      boolean hasProbabilities,
      int decisionWidth,
      boolean acceptsMissing) {
    this(
        estimator,
        library,
        libraryVersion,
        features,
        classes,
        outputs,
        hasProbabilities,
        decisionWidth,
        acceptsMissing,
        Method.PREDICT,
        0);
  }

  /** Of a transformer. */
  public static Signature transformer(
      String estimator,
      String library,
      Optional<String> libraryVersion,
      Features features,
      int width,
      boolean acceptsMissing) {
    return new Signature(
        estimator,
        library,
        libraryVersion,
        features,
        List.of(),
        width,
        false,
        0,
        acceptsMissing,
        Method.TRANSFORM,
        0);
  }

  /** The same of an estimator that transforms too. */
  public Signature withTransform(int width) {
    return new Signature(
        estimator,
        library,
        libraryVersion,
        features,
        classes,
        outputs,
        hasProbabilities,
        decisionWidth,
        acceptsMissing,
        method,
        width);
  }

  /** Whether it answers with what it makes of a row rather than with what it says of it. */
  public boolean transforms() {
    return method == Method.TRANSFORM;
  }

  /** Whether a row's answer is an array rather than one value. */
  public boolean answersArrays() {
    return outputs > 1 || transforms();
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
