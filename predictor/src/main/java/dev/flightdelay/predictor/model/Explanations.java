package dev.flightdelay.predictor.model;

import static java.util.Objects.requireNonNull;

/** Whether it can be told exactly what each column added to a model's answer. */
public sealed interface Explanations permits Explainer, Explanations.None {

  /** The models of which it can, for people who asked another. */
  String EXPLAINED =
      "linear models, and trees and ensembles of them, of scikit-learn, XGBoost, LightGBM and"
          + " CatBoost";

  /**
   * It cannot.
   *
   * @param why a sentence without its full stop that names what stands in the way
   */
  record None(String why) implements Explanations {

    public None {
      requireNonNull(why);
    }
  }

  /** For an estimator of a kind that adds nothing up, or not by column. */
  static Explanations none(String estimator) {
    return new None(
        "%s has no exact explanation; there is one for %s".formatted(estimator, EXPLAINED));
  }
}
