package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.Optional;

/** LGBMClassifier: the class of the largest probability, the first of those that are the same. */
final class LGBMClassifier implements Model {

  private final Signature signature;
  private final Booster booster;
  private final int classes;

  private LGBMClassifier(Signature signature, Booster booster, int classes) {
    this.signature = signature;
    this.booster = booster;
    this.classes = classes;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes.object("_le"));
    attributes
        .integer("_n_classes")
        .filter(count -> count != labels.size())
        .ifPresent(
            count -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "_n_classes is %d for %d labels".formatted(count, labels.size()));
            });
    if (attributes.text("_objective").isEmpty()) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "its objective is a function of its own, whose scores are no probabilities; train it"
              + " with one of LightGBM's");
    }
    Booster booster = EstimatorBooster.read(attributes);
    if (booster.width() != labels.size() && !(booster.width() == 1 && labels.size() == 2)) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "the model gives %d scores for %d labels".formatted(booster.width(), labels.size()));
    }
    Signature signature =
        Signature.of(attributes.estimator(), Booster.LIBRARY, Optional.empty(), booster.features())
            .classes(labels)
            .hasProbabilities(true)
            .decisionWidth(hasDecisions(attributes) ? booster.width() : 0)
            .acceptsMissing(true)
            .build();
    return new LGBMClassifier(signature, booster, labels.size());
  }

  /** There is a {@code decision_function} from LightGBM 4.7 on, as is this attribute. */
  private static boolean hasDecisions(Attributes attributes) {
    return attributes.has("_fitted_with_feature_names");
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, booster.operations()));
  }

  @Override
  public Explanations explanations() {
    return booster.explanations(signature.estimator());
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int width = booster.width();
    double[] row = new double[classes];
    booster.predict(
        rows,
        from,
        to,
        (at, raw, predicted, start) -> {
          if (width == 1) {
            row[0] = 1 - predicted[start];
            row[1] = predicted[start];
          } else {
            System.arraycopy(predicted, start, row, 0, width);
          }
          if (scores.labels() != null) {
            scores.labels()[at] = largest(row);
          }
          if (scores.probabilities() != null) {
            System.arraycopy(row, 0, scores.probabilities(), at * classes, classes);
          }
          if (scores.decisions() != null) {
            System.arraycopy(raw, start, scores.decisions(), at * width, width);
          }
        });
  }

  private static int largest(double[] numbers) {
    int largest = 0;
    for (int k = 1; k < numbers.length; k++) {
      if (numbers[k] > numbers[largest]) {
        largest = k;
      }
    }
    return largest;
  }
}
