package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * CatBoostRegressor, CatBoostRanker and CatBoost itself: the raw scores; for a regressor of counts
 * their exponential, and for one that learnt how sure it is the mean and the variance ({@code
 * CatBoostRegressor._get_default_prediction_type}).
 */
final class CatBoostRegressor implements Model {

  private static final Set<String> PLAIN =
      Set.of(
          "RMSE",
          "MAE",
          "MAPE",
          "Quantile",
          "LogLinQuantile",
          "LogCosh",
          "Huber",
          "Expectile",
          "Lq",
          "Cox",
          "SurvivalAft",
          "MultiRMSE",
          "MultiRMSEWithMissingValues",
          "MultiQuantile");

  private static final Set<String> COUNTS = Set.of("Poisson", "Tweedie");
  private static final String WITH_UNCERTAINTY = "RMSEWithUncertainty";

  private static final Set<String> RANKING =
      Set.of(
          "YetiRank",
          "YetiRankPairwise",
          "StochasticFilter",
          "StochasticRank",
          "LambdaMart",
          "QueryCrossEntropy",
          "QueryRMSE",
          "QuerySoftMax",
          "GroupQuantile",
          "PairLogit",
          "PairLogitPairwise");

  private enum Kind {
    RAW,
    EXPONENTIAL,
    MEAN_AND_VARIANCE
  }

  private final Signature signature;
  private final Ensemble ensemble;
  private final Kind kind;

  private CatBoostRegressor(Signature signature, Ensemble ensemble, Kind kind) {
    this.signature = signature;
    this.ensemble = ensemble;
    this.kind = kind;
  }

  static Model read(Attributes attributes) {
    try {
      return of(attributes.estimator(), ModelBlob.read(attributes));
    } catch (UnreadableModelException wrong) {
      throw attributes.invalid(wrong.reason(), wrong.getMessage());
    }
  }

  /** CatBoost and CatBoostRanker answer raw scores, whatever the loss. */
  static Model readRaw(Attributes attributes) {
    try {
      return raw(attributes.estimator(), ModelBlob.read(attributes));
    } catch (UnreadableModelException wrong) {
      throw attributes.invalid(wrong.reason(), wrong.getMessage());
    }
  }

  /** Whether a model of that loss is a ranker's. */
  static boolean ranks(String loss) {
    return RANKING.contains(loss);
  }

  static Model of(String estimator, ModelBlob model) {
    String loss = new TrainingInfo(model.info()).loss();
    if (PLAIN.contains(loss)) {
      return of(estimator, model, Kind.RAW);
    }
    if (COUNTS.contains(loss)) {
      return of(estimator, model, Kind.EXPONENTIAL);
    }
    if (loss.equals(WITH_UNCERTAINTY) && model.ensemble().dimensions() == 2) {
      return of(estimator, model, Kind.MEAN_AND_VARIANCE);
    }
    throw UnreadableModelException.unsupported(
        "its loss function is none of %s, %s, Poisson and Tweedie; train it with one of these"
            .formatted(String.join(", ", PLAIN.stream().sorted().toList()), WITH_UNCERTAINTY));
  }

  static Model raw(String estimator, ModelBlob model) {
    return of(estimator, model, Kind.RAW);
  }

  private static Model of(String estimator, ModelBlob model, Kind kind) {
    Ensemble ensemble = model.ensemble();
    return new CatBoostRegressor(
        Signature.of(
                estimator,
                ModelBlob.LIBRARY,
                new TrainingInfo(model.info()).version(),
                ensemble.features())
            .outputs(ensemble.dimensions())
            .acceptsMissing(ensemble.acceptsMissing())
            .build(),
        ensemble,
        kind);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(ensemble.cost(signature));
  }

  @Override
  public Explanations explanations() {
    return ensemble.explanations(
        signature.estimator(),
        switch (kind) {
          case RAW -> Explainer.Space.VALUE;
          case EXPONENTIAL -> Explainer.Space.LOG;
          case MEAN_AND_VARIANCE -> Explainer.Space.MARGIN;
        },
        IntStream.range(0, ensemble.dimensions()).toArray());
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    if (scores.values() == null) {
      return;
    }
    int dimensions = ensemble.dimensions();
    ensemble.score(
        rows,
        from,
        to,
        (row, raw, at) -> {
          for (int k = 0; k < dimensions; k++) {
            scores.values()[row * dimensions + k] =
                switch (kind) {
                  case RAW -> raw[at + k];
                  case EXPONENTIAL -> Math.exp(raw[at + k]);
                  // The logarithm of the standard deviation was learnt.
                  case MEAN_AND_VARIANCE -> k == 0 ? raw[at] : Math.exp(2 * raw[at + k]);
                };
          }
        });
  }
}
