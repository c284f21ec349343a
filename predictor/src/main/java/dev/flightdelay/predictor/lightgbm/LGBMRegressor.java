package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.Optional;

/**
 * LGBMRegressor, LGBMRanker, and a Booster by itself: what the Booster predicts. That of a Booster
 * trained for classes are their probabilities; its raw scores are the decisions.
 */
final class LGBMRegressor implements Model {

  private final Signature signature;
  private final Booster booster;

  private LGBMRegressor(Signature signature, Booster booster) {
    this.signature = signature;
    this.booster = booster;
  }

  /** A regressor or ranker of the scikit-learn interface: it has no raw scores. */
  static Model readEstimator(Attributes attributes) {
    return of(attributes, EstimatorBooster.read(attributes), false);
  }

  /** A Booster that was pickled by itself. */
  static Model readBooster(Attributes attributes) {
    return of(attributes, Booster.read(attributes), true);
  }

  private static Model of(Attributes attributes, Booster booster, boolean hasRawScores) {
    return new LGBMRegressor(
        Signature.of(attributes.estimator(), Booster.LIBRARY, Optional.empty(), booster.features())
            .outputs(booster.width())
            .decisionWidth(hasRawScores ? booster.width() : 0)
            .acceptsMissing(true)
            .build(),
        booster);
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
    booster.predict(
        rows,
        from,
        to,
        (row, raw, predicted, at) -> {
          if (scores.values() != null) {
            System.arraycopy(predicted, at, scores.values(), row * width, width);
          }
          if (scores.decisions() != null) {
            System.arraycopy(raw, at, scores.decisions(), row * width, width);
          }
        });
  }
}
