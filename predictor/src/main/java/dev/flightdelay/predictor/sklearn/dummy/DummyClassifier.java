package dev.flightdelay.predictor.sklearn.dummy;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import java.util.List;

/** DummyClassifier: the same answer for every row, unless it answers at random. */
public final class DummyClassifier implements Model {

  private final Signature signature;
  private final int label;
  private final double[] probabilities;

  private DummyClassifier(Signature signature, int label, double[] probabilities) {
    this.signature = signature;
    this.label = label;
    this.probabilities = probabilities;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    double[] priors = attributes.reals("class_prior_");
    if (priors.length != labels.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "class_prior_ has %d numbers for %d classes".formatted(priors.length, labels.size()));
    }
    int most = LargestScore.of(priors, 0, priors.length);
    return switch (strategy(attributes)) {
      case "prior" -> of(attributes, labels, most, priors);
      case "most_frequent" -> of(attributes, labels, most, only(most, priors.length));
      case "constant" -> {
        int constant = labels.values().indexOf(constant(attributes));
        if (constant < 0) {
          throw attributes.invalid(Reason.MODEL_INVALID, "constant is none of its classes");
        }
        yield of(attributes, labels, constant, only(constant, priors.length));
      }
      case "stratified", "uniform" ->
          throw attributes.invalid(Reason.UNSUPPORTED, "it answers at random");
      default -> throw attributes.invalid(Reason.UNSUPPORTED, "its strategy is not known");
    };
  }

  /** From 0.22 on the one that it was fitted with is kept apart, and looked at alone. */
  public static String strategy(Attributes attributes) {
    return attributes.text("_strategy").or(() -> attributes.text("strategy")).orElse("");
  }

  private static Object constant(Attributes attributes) {
    Object value = NumpyScalar.unwrap(attributes.value("constant").orElse(null));
    return switch (value) {
      case NdArray array when array.isBuilt() && array.size() == 1 ->
          attributes.orInvalid("constant", array::values)[0];
      case List<?> list when list.size() == 1 -> NumpyScalar.unwrap(list.getFirst());
      case Integer number -> (long) number;
      case null -> "";
      default -> value;
    };
  }

  private static double[] only(int position, int classes) {
    double[] probabilities = new double[classes];
    probabilities[position] = 1;
    return probabilities;
  }

  private static Model of(Attributes attributes, Labels labels, int label, double[] probabilities) {
    return new DummyClassifier(
        FittedSignature.of(
                attributes, FeatureNames.read(attributes, DummyRegressor.width(attributes)))
            .classes(labels)
            .hasProbabilities(true)
            .acceptsMissing(true)
            .build(),
        label,
        probabilities);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      scores.labels()[row] = label;
      if (scores.probabilities() != null) {
        System.arraycopy(
            probabilities,
            0,
            scores.probabilities(),
            row * probabilities.length,
            probabilities.length);
      }
    }
  }
}
