package dev.flightdelay.predictor.xgboost;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a booster's file says, in whichever form, before it is checked and made ready to score.
 *
 * @param version XGBoost's version that wrote it; empty before 1.0
 * @param baseScores one for all, or one for each group
 * @param baseIsMargin whether {@code baseScores} are margins already, as before 1.0
 * @param features columns of a row
 * @param groups margins of a row: classes, targets or 1
 * @param featureNames empty where there are none
 * @param codes the columns that were categories in training
 * @param categories the categories that the file keeps of them; null where it keeps none
 * @param attributes what was kept beside the model, such as {@code best_iteration}
 */
record LearnerState(
    Optional<String> version,
    Objective objective,
    float[] baseScores,
    boolean baseIsMargin,
    int features,
    int groups,
    List<String> featureNames,
    Set<Integer> codes,
    FrameCategories categories,
    Map<String, String> attributes,
    Gradient gradient) {

  /** Whether XGBoost 1.0, 1.1 or 1.2 wrote it. */
  boolean isBefore13() {
    return version.filter(text -> text.matches("1\\.[0-2](\\..*)?")).isPresent();
  }

  /** How margins are made. */
  sealed interface Gradient {}

  /**
   * gbtree and dart.
   *
   * @param groups for each tree the margin that it adds to
   * @param weights dart's weight of each tree; null for gbtree
   * @param iterationEnds for each boosting iteration the number of trees until its end; null in the
   *     binary form, which does not tell
   */
  record Trees(List<RegressionTree> trees, int[] groups, float[] weights, int[] iterationEnds)
      implements Gradient {}

  /**
   * gblinear.
   *
   * @param weights (features + 1, groups), the last row being the bias
   */
  record Linear(float[] weights) implements Gradient {}
}
