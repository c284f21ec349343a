package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;

/** The loss objects in the pickles of boosting: their class alone says how scores are answered. */
final class Losses {

  private static final String WHY = "the loss of boosting, by its name";
  private static final String COMPUTED = "how a loss was computed while fitting";

  /** Where losses, and what they start from, were before 0.21. */
  static final String OLDEST = "sklearn.ensemble.gradient_boosting";

  private static final String[] GRADIENT_BOOSTING = {
    "LeastSquaresError",
    "LeastAbsoluteError",
    "HuberLossFunction",
    "QuantileLossFunction",
    "BinomialDeviance",
    "MultinomialDeviance",
    "ExponentialLoss"
  };

  /** What scikit-learn 1.5 to 1.8 call the module {@code sklearn._loss._loss} in their pickles. */
  private static final String COMPILED_MODULE = "_loss";

  private static final String[] COMPILED = {
    "CyHalfSquaredError",
    "CyAbsoluteError",
    "CyPinballLoss",
    "CyHuberLoss",
    "CyHalfPoissonLoss",
    "CyHalfGammaLoss",
    "CyHalfBinomialLoss",
    "CyHalfMultinomialLoss",
    "CyExponentialLoss",
    "__pyx_unpickle_CyHalfSquaredError",
    "__pyx_unpickle_CyAbsoluteError",
    "__pyx_unpickle_CyPinballLoss",
    "__pyx_unpickle_CyHuberLoss",
    "__pyx_unpickle_CyHalfPoissonLoss",
    "__pyx_unpickle_CyHalfGammaLoss",
    "__pyx_unpickle_CyHalfBinomialLoss",
    "__pyx_unpickle_CyHalfMultinomialLoss",
    "__pyx_unpickle_CyExponentialLoss",
  };

  private Losses() {}

  /** Adds the lines of the losses to a family. */
  static Family.Builder add(Family.Builder family) {
    return family
        .unread(WHY, "sklearn.ensemble._gb_losses", GRADIENT_BOOSTING)
        .unread(WHY, OLDEST, GRADIENT_BOOSTING)
        .unread(
            WHY,
            "sklearn.ensemble._hist_gradient_boosting.loss",
            "LeastSquares",
            "LeastAbsoluteDeviation",
            "Poisson",
            "BinaryCrossEntropy",
            "CategoricalCrossEntropy")
        .unread(
            WHY,
            "sklearn._loss.loss",
            "HalfSquaredError",
            "AbsoluteError",
            "PinballLoss",
            "HuberLoss",
            "HalfPoissonLoss",
            "HalfGammaLoss",
            "HalfBinomialLoss",
            "HalfMultinomialLoss",
            "ExponentialLoss")
        .unread(
            COMPUTED,
            "sklearn._loss.link",
            "Interval",
            "LogitLink",
            "HalfLogitLink",
            "MultinomialLogit")
        .part(COMPUTED, "IdentityLink", "sklearn._loss.link")
        .part(COMPUTED, "LogLink", "sklearn._loss.link")
        .unread(COMPUTED, "sklearn._loss._loss", COMPILED)
        .unread(COMPUTED, COMPILED_MODULE, COMPILED);
  }

  /**
   * The class of an estimator's loss.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it has none
   */
  static GlobalName of(Attributes attributes) {
    Object loss = attributes.value("_loss").or(() -> attributes.value("loss_")).orElse(null);
    if (loss instanceof PickleObject object) {
      return object.type();
    }
    throw attributes.invalid(
        Reason.STATE_INVALID, "the attribute _loss is missing; only a fitted estimator has it");
  }

  /** Whether a loss is one of those that gradient boosting had until 1.3. */
  static boolean isOld(GlobalName loss) {
    return loss.module().equals("sklearn.ensemble._gb_losses") || loss.module().equals(OLDEST);
  }
}
