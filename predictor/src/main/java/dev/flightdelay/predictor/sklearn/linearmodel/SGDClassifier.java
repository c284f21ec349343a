package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.Optional;

/** SGDClassifier: it has probabilities for the losses 'log_loss' and 'modified_huber' only. */
public final class SGDClassifier {

  private SGDClassifier() {}

  /** Reads a linear classifier whose probabilities follow from {@code loss}. */
  public static Model read(Attributes attributes) {
    return LinearClassifier.read(attributes, ClassLabels.read(attributes), link(attributes));
  }

  private static Optional<ProbabilityLink> link(Attributes attributes) {
    return switch (attributes.text("loss").orElse("hinge")) {
      // Named 'log' before scikit-learn 1.1.
      case "log_loss", "log" -> Optional.of(ProbabilityLink::logistic);
      case "modified_huber" -> Optional.of(SGDClassifier::modifiedHuber);
      case "hinge",
          "squared_hinge",
          "perceptron",
          "squared_error",
          "squared_loss",
          "huber",
          "epsilon_insensitive",
          "squared_epsilon_insensitive" ->
          Optional.empty();
      default ->
          throw attributes.invalid(Reason.MODEL_INVALID, "loss is none that SGDClassifier has");
    };
  }

  /**
   * Zhang, "Statistical behavior and consistency of classification methods based on convex risk
   * minimization", 2004, appendix B: {@code (clip(decision, -1, 1) + 1) / 2}, normalised.
   */
  private static void modifiedHuber(double[] decisions, double[] probabilities, int offset) {
    if (decisions.length == 1) {
      probabilities[offset + 1] = (Math.clamp(decisions[0], -1.0, 1.0) + 1) / 2;
      probabilities[offset] = 1 - probabilities[offset + 1];
      return;
    }
    for (int k = 0; k < decisions.length; k++) {
      probabilities[offset + k] = (Math.clamp(decisions[k], -1.0, 1.0) + 1) / 2;
    }
    ProbabilityLink.normalise(probabilities, offset, decisions.length);
  }
}
