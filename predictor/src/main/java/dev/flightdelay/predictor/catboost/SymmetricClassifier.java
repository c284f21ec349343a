package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;
import java.util.Optional;

/** CatBoostClassifier: two classes by a logistic score, more by the softmax of one for each. */
final class SymmetricClassifier implements Model {

  private final Signature signature;
  private final SymmetricTrees trees;
  private final int classes;

  private SymmetricClassifier(Signature signature, SymmetricTrees trees, int classes) {
    this.signature = signature;
    this.trees = trees;
    this.classes = classes;
  }

  static Model read(Attributes attributes) {
    ModelBlob model = ModelBlob.read(attributes);
    TrainingInfo info = new TrainingInfo(attributes, model);
    String loss = info.loss();
    Labels labels = info.labels();
    int dimensions =
        switch (loss) {
          case "Logloss" -> 1;
          case "MultiClass" -> labels.size();
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED, "its loss function is neither Logloss nor MultiClass");
        };
    if (model.trees().dimensions() != dimensions || dimensions == 1 && labels.size() != 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "the model gives %d scores for %d labels"
              .formatted(model.trees().dimensions(), labels.size()));
    }
    Signature signature =
        new Signature(
            attributes.estimator(),
            CatBoost.LIBRARY,
            Optional.empty(),
            model.features(),
            List.of(labels),
            1,
            true,
            0,
            true);
    return new SymmetricClassifier(signature, model.trees(), labels.size());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, trees.operations()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    trees.score(rows, from, to, (row, raw, at) -> put(row, raw, at, scores));
  }

  private void put(int row, double[] raw, int at, Scores scores) {
    if (scores.labels() != null) {
      scores.labels()[row] = trees.dimensions() == 1 ? (raw[at] > 0 ? 1 : 0) : largest(raw, at);
    }
    if (scores.probabilities() != null) {
      if (trees.dimensions() == 1) {
        scores.probabilities()[2 * row] = 1 / (1 + Math.exp(raw[at]));
        scores.probabilities()[2 * row + 1] = 1 / (1 + Math.exp(-raw[at]));
      } else {
        softmax(raw, at, scores.probabilities(), row * classes);
      }
    }
  }

  private int largest(double[] raw, int at) {
    int largest = 0;
    for (int k = 1; k < classes; k++) {
      if (raw[at + k] > raw[at + largest]) {
        largest = k;
      }
    }
    return largest;
  }

  private void softmax(double[] raw, int at, double[] probabilities, int to) {
    double largest = raw[at + largest(raw, at)];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[to + k] = Math.exp(raw[at + k] - largest);
      sum += probabilities[to + k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[to + k] /= sum;
    }
  }
}
