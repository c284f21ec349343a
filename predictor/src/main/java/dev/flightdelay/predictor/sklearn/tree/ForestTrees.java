package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;

/** The trees of a forest: {@code estimators_}, a list. */
public final class ForestTrees {

  private ForestTrees() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there are none
   */
  public static List<Attributes> read(Attributes attributes) {
    List<Attributes> estimators = new ArrayList<>();
    for (Object estimator : attributes.list("estimators_")) {
      estimators.add(attributes.object(estimator, "estimators_"));
    }
    if (estimators.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "estimators_ is empty");
    }
    return estimators;
  }
}
