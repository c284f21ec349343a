package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.tree.CoveredTrees;
import dev.flightdelay.predictor.sklearn.tree.FloatRows;
import dev.flightdelay.predictor.sklearn.tree.ForestSize;
import dev.flightdelay.predictor.sklearn.tree.TreeNodes;
import dev.flightdelay.predictor.sklearn.tree.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trees of gradient boosting: {@code estimators_} of shape (stages, sums), each leaf times the
 * learning rate ({@code predict_stages} in scikit-learn's {@code _gradient_boosting.pyx}).
 */
record BoostedTrees(Trees trees, int sums) {

  static BoostedTrees read(Attributes attributes, int sums) {
    NdArray array = attributes.array("estimators_");
    int[] shape = array.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] != sums) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "estimators_ has the shape %s, not (stages, %d)".formatted(Arrays.toString(shape), sums));
    }
    double[] rate = attributes.reals("learning_rate");
    if (rate.length != 1) {
      throw attributes.invalid(Reason.STATE_INVALID, "learning_rate is not one number");
    }
    List<Attributes> estimators = new ArrayList<>();
    for (Object estimator : attributes.orInvalid("estimators_", array::objects)) {
      estimators.add(attributes.object(estimator, "estimators_"));
    }
    int features = TreeNodes.read(estimators.getFirst()).features();
    Trees.Builder trees = Trees.builder(features, 1, ForestSize.of(estimators)).withCovers();
    for (Attributes estimator : estimators) {
      TreeNodes tree = TreeNodes.read(estimator);
      if (tree.features() != features || tree.width() != 1) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "a tree is for %d features and %d numbers, not for %d and 1"
                .formatted(tree.features(), tree.width(), features));
      }
      trees.add(tree, null, (node, depth, into, at) -> into[at] = rate[0] * tree.values()[node]);
    }
    return new BoostedTrees(trees.build(), sums);
  }

  /** Adds all stages to the rows' sums, a block of at most so many rows at once. */
  Adder adder(int most) {
    Trees.Adder adder = trees.adder(most);
    // No missing value comes this far: these models do not take any.
    return (block, rows, into) -> adder.add(block, rows, false, into, sums);
  }

  /** Explains the sums in that space: what they start from must be the same for each row. */
  Explanations explanations(Signature signature, StartingPoint start, Explainer.Space space) {
    if (!(start instanceof StartingPoint.Constant constant)) {
      return new Explanations.None(
          "%s starts from an estimator of its own (init), so that it has no exact explanation"
              .formatted(signature.estimator()));
    }
    return CoveredTrees.of(trees, sums, 0, 1)
        .<Explanations>map(
            covered ->
                TreeExplainer.of(
                    space,
                    covered,
                    constant.row(),
                    1,
                    trees.features(),
                    FloatRows.loader(signature.features())))
        .orElseGet(() -> TreeExplainer.withoutCovers(signature.estimator()));
  }

  /** Adds for one thread. */
  @FunctionalInterface
  interface Adder {
    /**
     * @param into for each row its sums
     */
    void add(float[] block, int rows, double[] into);
  }
}
