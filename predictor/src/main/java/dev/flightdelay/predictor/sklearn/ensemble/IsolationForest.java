package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.tree.FloatRows;
import dev.flightdelay.predictor.sklearn.tree.ForestSize;
import dev.flightdelay.predictor.sklearn.tree.ForestTrees;
import dev.flightdelay.predictor.sklearn.tree.TreeNodes;
import dev.flightdelay.predictor.sklearn.tree.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * IsolationForest: how few splits set a row apart, {@code -2 ** (-mean depth / usual depth) -
 * offset_}; the label is -1 where that is below 0, else 1 (scikit-learn's {@code
 * ensemble/_iforest.py}).
 */
final class IsolationForest implements Model {

  private static final double EULER_GAMMA = 0.5772156649015329;

  private final Signature signature;
  private final Trees trees;
  private final double usualDepths;
  private final double offset;

  private IsolationForest(Signature signature, Trees trees, double usualDepths, double offset) {
    this.signature = signature;
    this.trees = trees;
    this.usualDepths = usualDepths;
    this.offset = offset;
  }

  static Model read(Attributes attributes) {
    if (SklearnVersion.isBefore(attributes, 0, 22)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "before scikit-learn 0.22 its scores were others; fit it with a newer version");
    }
    List<Attributes> estimators = ForestTrees.read(attributes);
    List<int[]> columns = FeatureSubsets.read(attributes, estimators.size());
    int features = FeatureSubsets.width(attributes, columns);
    Trees.Builder trees = Trees.builder(features, 1, ForestSize.of(estimators));
    boolean acceptsMissing = true;
    for (int i = 0; i < estimators.size(); i++) {
      TreeNodes tree = TreeNodes.read(estimators.get(i));
      acceptsMissing &= tree.missingLeft() != null;
      FeatureSubsets.require(attributes, columns.get(i), tree.features());
      trees.add(
          tree,
          columns.get(i),
          (node, depth, into, at) -> into[at] = depth + 1 + usualDepth(tree.samples()[node]) - 1.0);
    }
    double[] offset = attributes.reals("offset_");
    if (offset.length != 1) {
      throw attributes.invalid(Reason.STATE_INVALID, "offset_ is not one number");
    }
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, features))
            .classes(new Labels(Labels.Kind.INTEGER, List.of(-1L, 1L)))
            .decisionWidth(1)
            .acceptsMissing(acceptsMissing && !SklearnVersion.isBefore(attributes, 1, 6))
            .build();
    return new IsolationForest(
        signature, trees.build(), estimators.size() * usualDepth(samples(attributes)), offset[0]);
  }

  /** How many rows each tree was fitted with. */
  private static long samples(Attributes attributes) {
    long samples =
        attributes
            .integer("_max_samples")
            .or(() -> attributes.integer("max_samples_"))
            .orElseThrow(() -> attributes.invalid(Reason.STATE_INVALID, "max_samples_ is missing"));
    if (samples < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "max_samples_ is %d".formatted(samples));
    }
    return samples;
  }

  /** The mean depth of an unsuccessful search in a binary tree of so many: the paper's c(n). */
  private static double usualDepth(long samples) {
    if (samples <= 1) {
      return 0;
    }
    return samples == 2
        ? 1
        : 2.0 * (Math.log(samples - 1.0) + EULER_GAMMA) - 2.0 * (samples - 1.0) / samples;
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
    int width = rows.width();
    int blockSize = Math.min(FloatRows.blockSize(width), to - from);
    float[] block = new float[blockSize * width];
    double[] depths = new double[blockSize];
    Trees.Adder adder = trees.adder(blockSize);
    for (int first = from; first < to; first += blockSize) {
      int end = Math.min(to, first + blockSize);
      boolean hasMissing = FloatRows.convert(rows, first, end, signature.features(), block);
      Arrays.fill(depths, 0);
      adder.add(block, end - first, hasMissing, depths, 1);
      for (int row = first; row < end; row++) {
        double relative = usualDepths == 0 ? 1 : depths[row - first] / usualDepths;
        double decision = -Math.pow(2, -relative) - offset;
        scores.labels()[row] = decision < 0 ? 0 : 1;
        if (scores.decisions() != null) {
          scores.decisions()[row] = decision;
        }
      }
    }
  }
}
