package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Optional;

/** LogisticRegression and LogisticRegressionCV: binary, one-vs-rest and multinomial. */
public final class LogisticRegression {

  private LogisticRegression() {}

  /** Reads a linear classifier whose probabilities follow from {@code multi_class}. */
  public static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    return LinearClassifier.read(attributes, labels, Optional.of(link(attributes, labels)));
  }

  /**
   * {@code LogisticRegression.predict_proba}, by the version that wrote the file. From 1.8 on there
   * is no {@code multi_class}: two classes are logistic, more are multinomial. Before, 'auto' (from
   * 1.5 on 'deprecated') meant one-vs-rest for two classes and for the solvers that know nothing
   * else.
   */
  private static ProbabilityLink link(Attributes attributes, Labels labels) {
    boolean binary = labels.size() == 2;
    if (SklearnVersion.of(attributes).isPresent() && !SklearnVersion.isBefore(attributes, 1, 8)) {
      return binary ? ProbabilityLink::logistic : ProbabilityLink::softmax;
    }
    return switch (attributes.text("multi_class").orElse("auto")) {
      case "ovr", "warn" -> ProbabilityLink::logistic;
      case "multinomial" -> binary ? multinomialOfTwo(attributes) : ProbabilityLink::softmax;
      case "auto", "deprecated" ->
          binary || isOneVsRest(attributes) ? ProbabilityLink::logistic : ProbabilityLink::softmax;
      default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID, "multi_class is none of auto, ovr and multinomial");
    };
  }

  /** Until 0.19 one row of coef_ meant logistic, whatever multi_class said. */
  private static ProbabilityLink multinomialOfTwo(Attributes attributes) {
    return SklearnVersion.isBefore(attributes, 0, 20)
        ? ProbabilityLink::logistic
        : ProbabilityLink::softmaxOfTwo;
  }

  private static boolean isOneVsRest(Attributes attributes) {
    return switch (attributes.text("solver").orElse("")) {
      case "liblinear" -> true;
      case "newton-cholesky" -> SklearnVersion.isBefore(attributes, 1, 6);
      default -> false;
    };
  }
}
