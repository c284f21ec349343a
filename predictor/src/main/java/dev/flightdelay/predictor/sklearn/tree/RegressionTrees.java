package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decision trees and forests that regress: the mean of the trees' values, summed in their order.
 */
public final class RegressionTrees implements Model {

  private final Signature signature;
  private final Trees trees;

  private RegressionTrees(Signature signature, Trees trees) {
    this.signature = signature;
    this.trees = trees;
  }

  /** DecisionTreeRegressor and ExtraTreeRegressor. */
  public static Model readTree(Attributes attributes) {
    TreeNodes nodes = TreeNodes.read(attributes);
    return read(
        attributes, List.of(attributes), nodes, MissingValues.areAcceptedByTree(attributes, nodes));
  }

  /** RandomForestRegressor and ExtraTreesRegressor. */
  public static Model readForest(Attributes attributes) {
    List<Attributes> estimators = ForestTrees.read(attributes);
    TreeNodes first = TreeNodes.read(estimators.getFirst());
    return read(
        attributes, estimators, first, MissingValues.areAcceptedByForest(attributes, first));
  }

  private static Model read(
      Attributes attributes, List<Attributes> estimators, TreeNodes first, boolean acceptsMissing) {
    int outputs = first.outputs();
    Trees.Builder trees =
        Trees.builder(first.features(), outputs, ForestSize.of(estimators)).withCovers();
    for (Attributes estimator : estimators) {
      TreeNodes tree = TreeNodes.read(estimator);
      if (tree.features() != first.features()
          || tree.outputs() != outputs
          || tree.mostClasses() != 1) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "a tree is for %d features and %d outputs of %d classes, not for %d, %d and 1"
                .formatted(
                    tree.features(),
                    tree.outputs(),
                    tree.mostClasses(),
                    first.features(),
                    outputs));
      }
      trees.add(
          tree,
          null,
          (node, depth, into, at) ->
              System.arraycopy(tree.values(), node * outputs, into, at, outputs));
    }
    Trees built = trees.build();
    Signature signature =
        FittedSignature.of(
                attributes,
                FeatureNames.read(attributes, first.features()).withSplits(built::splits))
            .outputs(outputs)
            .acceptsMissing(acceptsMissing)
            .build();
    return new RegressionTrees(signature, built);
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
  public Explanations explanations() {
    return CoveredTrees.of(trees, 1, 0, signature.outputs())
        .<Explanations>map(
            covered ->
                TreeExplainer.of(
                    Explainer.Space.VALUE,
                    covered,
                    new double[signature.outputs()],
                    1.0 / trees.count(),
                    trees.features(),
                    FloatRows.loader(signature.features())))
        .orElseGet(() -> TreeExplainer.withoutCovers(signature.estimator()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    int blockSize = Math.min(FloatRows.blockSize(trees.features()), to - from);
    float[] block = new float[blockSize * trees.features()];
    double[] sums = new double[blockSize * outputs];
    Trees.Adder adder = trees.adder(blockSize);
    for (int start = from; start < to; start += blockSize) {
      int end = Math.min(to, start + blockSize);
      boolean hasMissing = FloatRows.convert(rows, start, end, signature.features(), block);
      Arrays.fill(sums, 0);
      adder.add(block, end - start, hasMissing, sums, 1);
      for (int i = 0; i < (end - start) * outputs; i++) {
        scores.values()[start * outputs + i] = sums[i] / trees.count();
      }
    }
  }
}
