package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * XGBClassifier and XGBRFClassifier: with one margin the second class where the prediction is above
 * 0.5, with one for each class the one with the largest.
 */
final class XGBClassifier implements Model {

  private final Signature signature;
  private final Learner learner;

  private XGBClassifier(Signature signature, Learner learner) {
    this.signature = signature;
    this.learner = learner;
  }

  static Model read(Attributes attributes) {
    BoosterReader.ReadBooster booster = BoosterReader.of(attributes);
    Learner learner = booster.learner();
    boolean multiclass =
        switch (learner.objective().link()) {
          case SOFTMAX, LARGEST -> true;
          case IDENTITY, LOGIT, LOG, STEP -> false;
        };
    int groups = learner.groups();
    if (!multiclass && groups > 1 || learner.objective() == Objective.SOFTPROB && groups == 2) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it predicts several labels at once; use one classifier for each label");
    }
    Labels labels = labels(attributes, multiclass ? groups : 2);
    Signature signature =
        new Signature(
            attributes.estimator(),
            BoosterReader.LIBRARY,
            booster.version(),
            learner.features(),
            List.of(labels),
            1,
            true,
            0,
            true);
    return new XGBClassifier(signature, learner);
  }

  /**
   * Until 1.5 there was a label encoder; without one the labels are 0, 1 and so on, whatever {@code
   * classes_} says.
   */
  private static Labels labels(Attributes attributes, int count) {
    if (count < 2) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it has one class only");
    }
    attributes
        .integer("n_classes_")
        .filter(classes -> classes != count)
        .ifPresent(
            classes -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "n_classes_ is %d, and its booster is for %d classes".formatted(classes, count));
            });
    if (!attributes.has("_le")) {
      return new Labels(Labels.Kind.INTEGER, LongStream.range(0, count).boxed().toList());
    }
    Labels labels = ClassLabels.read(attributes.object("_le"));
    if (labels.size() != count) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "_le has %d classes, and its booster is for %d".formatted(labels.size(), count));
    }
    return labels;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, learner.operations()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int groups = learner.groups();
    float[] probabilities = new float[Math.max(2, groups)];
    learner.score(
        rows,
        from,
        to,
        (row, margins, at) -> {
          if (groups == 1) {
            learner.objective().predict(margins, at, 1, probabilities);
            probabilities[1] = probabilities[0];
            probabilities[0] = 1 - probabilities[1];
            scores.labels()[row] = probabilities[1] > 0.5f ? 1 : 0;
          } else {
            Objective.softmax(margins, at, groups, probabilities);
            // multi:softmax compares margins, multi:softprob what is left of them.
            scores.labels()[row] =
                learner.objective() == Objective.SOFTMAX
                    ? Objective.largest(margins, at, groups)
                    : Objective.largest(probabilities, 0, groups);
          }
          if (scores.probabilities() != null) {
            for (int k = 0; k < probabilities.length; k++) {
              scores.probabilities()[row * probabilities.length + k] = probabilities[k];
            }
          }
        });
  }
}
