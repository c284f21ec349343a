package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import java.util.Optional;

/**
 * XGBRegressor, XGBRFRegressor and XGBRanker: {@code predict} is the objective's prediction. A
 * Booster by itself is served so too, with {@code Booster.predict} as {@code predict} and its
 * margins ({@code output_margin=True}) as {@code decision_function}.
 */
final class XGBRegressor implements SparseModel {

  private final Signature signature;
  private final Learner learner;

  private XGBRegressor(Signature signature, Learner learner) {
    this.signature = signature;
    this.learner = learner;
  }

  static Model read(Attributes attributes) {
    return of(attributes, BoosterReader.of(attributes), false);
  }

  static Model readBooster(Attributes attributes) {
    return of(attributes, BoosterReader.alone(attributes), true);
  }

  private static Model of(
      Attributes attributes, BoosterReader.ReadBooster booster, boolean hasMargins) {
    Learner learner = booster.learner();
    Signature signature =
        Signature.of(
                attributes.estimator(),
                BoosterReader.LIBRARY,
                booster.version(),
                learner.features())
            .outputs(learner.outputs())
            .decisionWidth(hasMargins ? learner.groups() : 0)
            .acceptsMissing(true)
            .build();
    return new XGBRegressor(signature, learner);
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
    int groups = learner.groups();
    int outputs = learner.outputs();
    float[] predictions = new float[groups];
    return (row, margins, at) -> {
      if (scores.values() != null) {
        learner.objective().predict(margins, at, groups, predictions);
        for (int k = 0; k < outputs; k++) {
          scores.values()[row * outputs + k] = predictions[k];
        }
      }
      if (scores.decisions() != null) {
        for (int k = 0; k < groups; k++) {
          scores.decisions()[row * groups + k] = margins[at + k];
        }
      }
    };
  }
}
