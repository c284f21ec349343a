package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.FileSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code xgboost.core.Booster}, by itself or inside an estimator. */
final class BoosterReader {

  static final String LIBRARY = "xgboost";

  /** A learner, and the version of XGBoost that wrote it. */
  record ReadBooster(Learner learner, Optional<String> version) {}

  private BoosterReader() {}

  /** A Booster by itself: {@code Booster.predict} takes all trees, and only NaN is missing. */
  static ReadBooster alone(Attributes booster) {
    LearnerState state = state(booster);
    return learner(booster, state, Optional.empty(), Optional.empty(), Float.NaN, false);
  }

  /**
   * The Booster of an estimator of scikit-learn's interface, which predicts with the best iteration
   * where training stopped early.
   */
  static ReadBooster of(Attributes estimator) {
    Attributes booster = estimator.object("_Booster");
    LearnerState state = state(booster);
    // Older versions set it on the estimator or on the Booster, newer ones keep it in the model.
    Optional<Long> best =
        estimator
            .integer("best_iteration")
            .or(() -> booster.integer("best_iteration"))
            .or(() -> attribute(estimator, state))
            .map(iteration -> iteration + 1);
    return learner(
        booster, state, best, estimator.integer("best_ntree_limit"), missing(estimator), true);
  }

  private static Optional<Long> attribute(Attributes estimator, LearnerState state) {
    String text = state.attributes().get("best_iteration");
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw estimator.invalid(Reason.STATE_INVALID, "best_iteration is not an integer");
    }
    return Optional.of(Long.parseLong(text));
  }

  private static float missing(Attributes estimator) {
    return switch (estimator.value("missing").map(NumpyScalar::unwrap).orElse(null)) {
      case null -> Float.NaN;
      case Boolean _ -> throw estimator.invalid(Reason.STATE_INVALID, "missing is not a number");
      case Number number -> number.floatValue();
      default -> throw estimator.invalid(Reason.STATE_INVALID, "missing is not a number");
    };
  }

  private static LearnerState state(Attributes booster) {
    return booster
        .value("handle")
        .flatMap(FileSlice::copy)
        .map(BoosterHandle::read)
        .orElseThrow(
            () ->
                booster.invalid(
                    Reason.STATE_INVALID,
                    "it has no model in its handle; only a fitted model can be served: call fit"
                        + " before pickling"));
  }

  private static ReadBooster learner(
      Attributes booster,
      LearnerState state,
      Optional<Long> iterations,
      Optional<Long> trees,
      float missing,
      boolean inPlace) {
    List<String> names = names(booster, state);
    Learner learner =
        booster.orInvalid(
            "feature_names", () -> Learner.of(state, names, iterations, trees, missing, inPlace));
    return new ReadBooster(learner, state.version());
  }

  /** Until 1.3 the names were kept beside the model. */
  private static List<String> names(Attributes booster, LearnerState state) {
    if (!state.featureNames().isEmpty() || !booster.has("feature_names")) {
      return state.featureNames();
    }
    List<String> names = new ArrayList<>();
    for (Object name : booster.list("feature_names")) {
      if (!(name instanceof String text)) {
        throw booster.invalid(
            Reason.STATE_INVALID, "feature_names holds something that is not a text");
      }
      names.add(text);
    }
    return names;
  }
}
