package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * XGBClassifier and XGBRFClassifier: with one margin the second class where the prediction is above
 * 0.5, with one for each class the one with the largest. With one for each of several labels these
 * are outputs of their own, each of which is there or not.
 */
final class XGBClassifier implements SparseModel {

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
    if (learner.objective() == Objective.SOFTPROB && groups == 2) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "multi:softprob of two classes, which XGBoost answers as if they were two labels; fit it"
              + " with binary:logistic");
    }
    boolean multilabel = !multiclass && groups > 1;
    Labels labels = labels(attributes, multiclass ? groups : 2);
    int outputs = multilabel ? groups : 1;
    Signature signature =
        Signature.of(
                attributes.estimator(),
                BoosterReader.LIBRARY,
                booster.version(),
                learner.features())
            .classes(Collections.nCopies(outputs, labels))
            .hasProbabilities(true)
            .acceptsMissing(true)
            .build();
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
  public Explanations explanations() {
    return learner.explanations(signature.estimator());
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    learner.score(rows, from, to, into(scores));
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    learner.score(rows, 0, rows.count(), into(scores));
  }

  private Learner.Sink into(Scores scores) {
    if (signature.outputs() > 1) {
      return ofLabels(scores);
    }
    return learner.groups() == 1 ? ofTwo(scores) : ofMany(scores);
  }

  private Learner.Sink ofTwo(Scores scores) {
    float[] second = new float[1];
    return (row, margins, at) -> {
      learner.objective().predict(margins, at, 1, second);
      scores.labels()[row] = second[0] > 0.5f ? 1 : 0;
      if (scores.probabilities() != null) {
        scores.probabilities()[2 * row] = 1 - second[0];
        scores.probabilities()[2 * row + 1] = second[0];
      }
    };
  }

  private Learner.Sink ofMany(Scores scores) {
    int groups = learner.groups();
    float[] probabilities = new float[groups];
    return (row, margins, at) -> {
      Objective.softmax(margins, at, groups, probabilities);
      // multi:softmax compares margins, multi:softprob what is left of them.
      scores.labels()[row] =
          learner.objective() == Objective.SOFTMAX
              ? Objective.largest(margins, at, groups)
              : Objective.largest(probabilities, 0, groups);
      if (scores.probabilities() != null) {
        for (int k = 0; k < groups; k++) {
          scores.probabilities()[row * groups + k] = probabilities[k];
        }
      }
    };
  }

  /** XGBoost gives the probability of each label; here that of its absence stands before it. */
  private Learner.Sink ofLabels(Scores scores) {
    int groups = learner.groups();
    float[] there = new float[groups];
    return (row, margins, at) -> {
      learner.objective().predict(margins, at, groups, there);
      for (int k = 0; k < groups; k++) {
        int output = row * groups + k;
        scores.labels()[output] = there[k] > 0.5f ? 1 : 0;
        if (scores.probabilities() != null) {
          scores.probabilities()[2 * output] = 1 - there[k];
          scores.probabilities()[2 * output + 1] = there[k];
        }
      }
    };
  }
}
