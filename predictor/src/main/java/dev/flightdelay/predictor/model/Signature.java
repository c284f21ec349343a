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

  /**
   * Begins the signature of an estimator of one output, without classes, that refuses missing
   * values; what else it has is said of the builder.
   */
  public static Builder of(
      String estimator, String library, Optional<String> libraryVersion, Features features) {
    return new Builder(estimator, library, libraryVersion, features);
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

  /** Says by name what a signature has; what is not said is none, no or 0, and one output. */
  public static final class Builder {

    private final String estimator;
    private final String library;
    private final Features features;
    private Optional<String> libraryVersion;
    private List<Labels> classes = List.of();
    private int outputs = 1;
    private boolean hasProbabilities;
    private int decisionWidth;
    private boolean acceptsMissing;
    private Method method = Method.PREDICT;
    private int transformWidth;

    private Builder(
        String estimator, String library, Optional<String> libraryVersion, Features features) {
      this.estimator = estimator;
      this.library = library;
      this.libraryVersion = libraryVersion;
      this.features = features;
    }

    /** The version that wrote the file, where another part of the file says it. */
    public Builder libraryVersion(Optional<String> version) {
      this.libraryVersion = version;
      return this;
    }

    /** Of a classifier with one output. */
    public Builder classes(Labels labels) {
      return classes(List.of(labels));
    }

    /** Of a classifier, for each of its outputs: as many as there are lists. */
    public Builder classes(List<Labels> labels) {
      this.classes = labels;
      this.outputs = labels.size();
      return this;
    }

    /** The columns of {@code predict}. */
    public Builder outputs(int count) {
      this.outputs = count;
      return this;
    }

    /** Whether there is {@code predict_proba}. */
    public Builder hasProbabilities(boolean has) {
      this.hasProbabilities = has;
      return this;
    }

    /** The columns of {@code decision_function}. */
    public Builder decisionWidth(int columns) {
      this.decisionWidth = columns;
      return this;
    }

    /** Whether NaN as input is a missing value. */
    public Builder acceptsMissing(boolean accepts) {
      this.acceptsMissing = accepts;
      return this;
    }

    /** Of a transformer, which does not predict, and gives so many columns. */
    public Builder transformsTo(int columns) {
      this.method = Method.TRANSFORM;
      this.outputs = columns;
      return this;
    }

    /** The columns of {@code transform} of an estimator that predicts too. */
    public Builder transformWidth(int columns) {
      this.transformWidth = columns;
      return this;
    }

    public Signature build() {
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
          transformWidth);
    }
  }
}
