package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/**
 * How sure an estimator of two classes is of the second: {@code _predict_binary} in scikit-learn's
 * {@code multiclass.py}. A classifier's decision if it has one, else its probability; a regressor's
 * prediction.
 */
final class BinaryScore {

  private BinaryScore() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if one of them has no such score
   */
  static void require(Attributes attributes, List<Model> models) {
    for (Model model : models) {
      Signature signature = model.signature();
      boolean classifier = signature.labels().isPresent();
      if (signature.outputs() != 1
          || classifier && signature.labels().get().size() != 2
          || classifier && signature.decisionWidth() != 1 && !signature.hasProbabilities()) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "its %s does not say how sure it is of two classes".formatted(signature.estimator()));
      }
    }
  }

  /** Above what the score is for the second class: 0 for decisions, else one half. */
  static double threshold(Model model) {
    return model.signature().decisionWidth() == 1 ? 0 : 0.5;
  }

  /** The score of row {@code i}, where {@code scores} has everything that the model has. */
  static double of(Scores scores, int i) {
    return scores.values() != null
        ? scores.values()[i]
        : scores.decisions() != null ? scores.decisions()[i] : scores.probabilities()[2 * i + 1];
  }

  /** Everything that {@link #of} may need. */
  static Scores score(Model model, Rows rows, boolean probabilities) {
    boolean decides = model.signature().decisionWidth() == 1;
    return model.score(rows, probabilities || !decides, decides);
  }
}
