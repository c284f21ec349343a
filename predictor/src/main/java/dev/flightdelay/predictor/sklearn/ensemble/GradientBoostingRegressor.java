package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.tree.FloatRows;
import java.util.Optional;

/** GradientBoostingRegressor: all its losses predict the sum itself. */
final class GradientBoostingRegressor implements Model {

  private final Signature signature;
  private final StartingPoint start;
  private final BoostedTrees trees;

  private GradientBoostingRegressor(Signature signature, StartingPoint start, BoostedTrees trees) {
    this.signature = signature;
    this.start = start;
    this.trees = trees;
  }

  static Model read(Attributes attributes) {
    BoostedTrees trees = BoostedTrees.read(attributes, 1);
    int features = trees.trees().features();
    Signature signature =
        FittedSignature.of(
                attributes,
                FeatureNames.read(attributes, features).withSplits(trees.trees()::splits))
            .build();
    return new GradientBoostingRegressor(
        signature, StartingPoint.ofRegressor(attributes, features), trees);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, trees.trees().operations()));
  }

  @Override
  public Explanations explanations() {
    return trees.explanations(signature, start, Explainer.Space.VALUE);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int width = rows.width();
    int blockSize = Math.min(FloatRows.blockSize(width), to - from);
    float[] block = new float[blockSize * width];
    BoostedTrees.Adder adder = trees.adder(blockSize);
    double[] sums = new double[blockSize];
    for (int first = from; first < to; first += blockSize) {
      int end = Math.min(to, first + blockSize);
      FloatRows.convert(rows, first, end, signature.features(), block);
      start.write(block, end - first, width, sums);
      adder.add(block, end - first, sums);
      System.arraycopy(sums, 0, scores.values(), first, end - first);
    }
  }
}
