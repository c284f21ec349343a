package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;
import java.util.Optional;

/**
 * CatBoostRegressor: the raw score, or its exponential where counts were learnt ({@code
 * CatBoostRegressor._get_default_prediction_type}).
 */
final class SymmetricRegressor implements Model {

  private final Signature signature;
  private final SymmetricTrees trees;
  private final boolean exponential;

  private SymmetricRegressor(Signature signature, SymmetricTrees trees, boolean exponential) {
    this.signature = signature;
    this.trees = trees;
    this.exponential = exponential;
  }

  static Model read(Attributes attributes) {
    ModelBlob model = ModelBlob.read(attributes);
    String loss = new TrainingInfo(attributes, model).loss();
    boolean exponential =
        switch (loss) {
          case "RMSE", "MAE", "MAPE", "Quantile", "Huber", "Expectile", "Lq" -> false;
          case "Poisson", "Tweedie" -> true;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "its loss function is none of RMSE, MAE, MAPE, Quantile, Huber, Expectile, Lq,"
                      + " Poisson and Tweedie");
        };
    if (model.trees().dimensions() != 1) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it predicts %d numbers at once".formatted(model.trees().dimensions()));
    }
    Signature signature =
        new Signature(
            attributes.estimator(),
            CatBoost.LIBRARY,
            Optional.empty(),
            model.features(),
            List.of(),
            1,
            false,
            0,
            true);
    return new SymmetricRegressor(signature, model.trees(), exponential);
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
    trees.score(
        rows,
        from,
        to,
        (row, raw, at) -> scores.values()[row] = exponential ? Math.exp(raw[at]) : raw[at]);
  }
}
