package dev.flightdelay.predictor.sklearn.search;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FixedThresholdClassifier and TunedThresholdClassifierCV: a classifier of two classes whose label
 * is the positive one where its probability or decision reaches a threshold; {@code
 * _threshold_scores_to_class_labels} in scikit-learn's {@code metrics/_scorer.py}.
 */
final class ThresholdClassifier implements Model {

  /** Metrics of scikit-learn by whether 1 is their positive label where nothing else is said. */
  private static final Set<String> POSITIVE_IS_ONE =
      Set.of(
          "f1_score",
          "fbeta_score",
          "precision_score",
          "recall_score",
          "jaccard_score",
          "average_precision_score");

  private static final String PROBABILITIES = "predict_proba";
  private static final String DECISIONS = "decision_function";

  private final Signature signature;
  private final Model model;
  private final boolean byProbability;
  private final int positive;
  private final double threshold;

  private ThresholdClassifier(
      Signature signature, Model model, boolean byProbability, int positive, double threshold) {
    this.signature = signature;
    this.model = model;
    this.byProbability = byProbability;
    this.positive = positive;
    this.threshold = threshold;
  }

  /** FixedThresholdClassifier: {@code threshold} is a number, or auto. */
  static Model fixed(Attributes attributes) {
    // From 1.6 on it takes an estimator that is fitted already, and then need not be.
    Model model = attributes.model(attributes.has("estimator_") ? "estimator_" : "estimator");
    boolean byProbability = isByProbability(attributes, model);
    double threshold =
        attributes.text("threshold").filter("auto"::equals).isPresent()
            ? byProbability ? 0.5 : 0
            : one(attributes, "threshold");
    Object positive = NumpyScalar.unwrap(attributes.value("pos_label").orElse(null));
    return read(attributes, model, byProbability, positive, threshold);
  }

  /** TunedThresholdClassifierCV: {@code best_threshold_}, and the positive label of its scorer. */
  static Model tuned(Attributes attributes) {
    Model model = attributes.model("estimator_");
    return read(
        attributes,
        model,
        isByProbability(attributes, model),
        positiveOfScorer(attributes.object("_curve_scorer")),
        one(attributes, "best_threshold_"));
  }

  private static Model read(
      Attributes attributes,
      Model model,
      boolean byProbability,
      Object positive,
      double threshold) {
    Signature inner = model.signature();
    Labels labels = inner.classes().getFirst();
    Signature signature =
        FittedSignature.of(attributes, inner.features())
            .classes(inner.classes())
            .hasProbabilities(inner.hasProbabilities())
            .decisionWidth(inner.decisionWidth())
            .acceptsMissing(inner.acceptsMissing())
            .build();
    return new ThresholdClassifier(
        signature, model, byProbability, position(attributes, labels, positive), threshold);
  }

  /** {@code response_method}: auto is the probability where there is one. */
  private static boolean isByProbability(Attributes attributes, Model model) {
    Signature inner = model.signature();
    if (inner.outputs() != 1 || inner.labels().filter(labels -> labels.size() == 2).isEmpty()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its %s has not two classes".formatted(inner.estimator()));
    }
    boolean byProbability =
        switch (attributes.text("response_method").orElse("auto")) {
          case "auto" -> inner.hasProbabilities();
          case PROBABILITIES -> true;
          case DECISIONS -> false;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "response_method is none of auto, predict_proba and decision_function");
        };
    if (byProbability ? !inner.hasProbabilities() : inner.decisionWidth() != 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "its %s has no %s"
              .formatted(inner.estimator(), byProbability ? PROBABILITIES : DECISIONS));
    }
    return byProbability;
  }

  /**
   * {@code _get_pos_label} of a scorer: what it passes to its metric, else the metric's default,
   * which is not in the file.
   */
  private static Object positiveOfScorer(Attributes scorer) {
    Map<?, ?> arguments =
        scorer.value("_kwargs").orElse(null) instanceof Map<?, ?> map ? map : Map.of();
    if (arguments.containsKey("pos_label")) {
      return NumpyScalar.unwrap(arguments.get("pos_label"));
    }
    if (!(scorer.value("_score_func").orElse(null) instanceof GlobalName metric)
        || !metric.module().startsWith("sklearn.metrics.")) {
      throw scorer.invalid(
          Reason.UNSUPPORTED,
          "its metric is a function of one's own, and predict asks what its positive label is; give"
              + " it pos_label in make_scorer");
    }
    return POSITIVE_IS_ONE.contains(metric.name()) ? 1L : null;
  }

  /** The class of the positive label: the second, unless the other is said to be it. */
  private static int position(Attributes attributes, Labels labels, Object positive) {
    if (positive == null) {
      return 1;
    }
    return Optional.ofNullable(labels.positions().get(likeLabels(labels, positive)))
        .orElseThrow(
            () ->
                attributes.invalid(
                    Reason.MODEL_INVALID, "its positive label is none of its classes"));
  }

  /** Python's 1, 1.0 and True are equal. */
  private static Object likeLabels(Labels labels, Object value) {
    double number =
        switch (value) {
          case Number some -> some.doubleValue();
          case Boolean flag -> flag ? 1 : 0;
          default -> Double.NaN;
        };
    if (Double.isNaN(number)) {
      return value;
    }
    return switch (labels.kind()) {
      case INTEGER -> number == Math.rint(number) ? (Object) (long) number : value;
      case REAL -> number;
      case BOOLEAN -> number == 0 || number == 1 ? (Object) (number == 1) : value;
      case TEXT -> value;
    };
  }

  private static double one(Attributes attributes, String name) {
    double[] numbers = attributes.reals(name);
    if (numbers.length != 1) {
      throw attributes.invalid(Reason.STATE_INVALID, name + " is not one number");
    }
    return numbers[0];
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    boolean decides = !byProbability || scores.decisions() != null;
    boolean shares = byProbability || scores.probabilities() != null;
    Scores own = InnerModels.score(model, rows, from, to, shares, decides);
    int count = to - from;
    for (int i = 0; i < count; i++) {
      double score = byProbability ? own.probabilities()[2 * i + positive] : own.decisions()[i];
      boolean reaches = (byProbability || positive == 1 ? score : -score) >= threshold;
      scores.labels()[from + i] = reaches ? positive : 1 - positive;
    }
    if (scores.probabilities() != null) {
      System.arraycopy(own.probabilities(), 0, scores.probabilities(), 2 * from, 2 * count);
    }
    if (scores.decisions() != null) {
      System.arraycopy(own.decisions(), 0, scores.decisions(), from, count);
    }
  }
}
