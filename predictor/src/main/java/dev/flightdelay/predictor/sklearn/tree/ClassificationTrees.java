package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.SecondOfTwo;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decision trees and forests that classify: the mean of the trees' probabilities, summed in their
 * order, and the label where it is largest ({@code predict_proba} in scikit-learn's {@code
 * tree/_classes.py} and {@code ensemble/_forest.py}).
 */
public final class ClassificationTrees implements Model {

  // Shares that were summed differ from 1 by less; counts of rows by more, or not at all.
  private static final double SUM_OF_SHARES = 1e-9;

  private final Signature signature;
  private final Trees trees;

  private ClassificationTrees(Signature signature, Trees trees) {
    this.signature = signature;
    this.trees = trees;
  }

  /** DecisionTreeClassifier and ExtraTreeClassifier. */
  public static Model readTree(Attributes attributes) {
    TreeNodes nodes = TreeNodes.read(attributes);
    return read(
        attributes,
        List.of(attributes),
        nodes.features(),
        MissingValues.areAcceptedByTree(attributes, nodes));
  }

  /** RandomForestClassifier and ExtraTreesClassifier. */
  public static Model readForest(Attributes attributes) {
    List<Attributes> estimators = ForestTrees.read(attributes);
    TreeNodes first = TreeNodes.read(estimators.getFirst());
    return read(
        attributes,
        estimators,
        first.features(),
        MissingValues.areAcceptedByForest(attributes, first));
  }

  private static Model read(
      Attributes attributes, List<Attributes> estimators, int features, boolean acceptsMissing) {
    List<Labels> labels = ClassLabels.ofOutputsOrOneClass(attributes);
    int width = labels.stream().mapToInt(Labels::size).sum();
    Trees.Builder trees = Trees.builder(features, width, ForestSize.of(estimators)).withCovers();
    int[] classes = labels.stream().mapToInt(Labels::size).toArray();
    for (Attributes estimator : estimators) {
      TreeNodes tree = TreeNodes.read(estimator);
      if (tree.features() != features || !Arrays.equals(tree.classes(), classes)) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "a tree is for %d features and %s classes, not for %d and %s"
                .formatted(
                    tree.features(),
                    Arrays.toString(tree.classes()),
                    features,
                    Arrays.toString(classes)));
      }
      trees.add(tree, null, (node, depth, into, at) -> shares(tree, node, into, at));
    }
    Trees built = trees.build();
    Signature signature =
        FittedSignature.of(
                attributes, FeatureNames.read(attributes, features).withSplits(built::splits))
            .classes(labels)
            .hasProbabilities(true)
            .acceptsMissing(acceptsMissing)
            .build();
    return new ClassificationTrees(signature, built);
  }

  /**
   * The probabilities of a leaf, those of several outputs side by side. Trees keep them as counts
   * in older versions, which {@code predict_proba} divides by their sum where that is not 0.
   */
  public static void shares(TreeNodes tree, int node, double[] into, int at) {
    int to = at;
    for (int output = 0; output < tree.outputs(); output++) {
      int from = node * tree.width() + output * tree.mostClasses();
      int classes = tree.classes()[output];
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += tree.values()[from + k];
      }
      double divisor = sum == 0 || Math.abs(sum - 1) < SUM_OF_SHARES ? 1 : sum;
      for (int k = 0; k < classes; k++) {
        into[to++] = tree.values()[from + k] / divisor;
      }
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, trees.operations()));
  }

  /** Of two classes one is enough. */
  @Override
  public Explanations explanations() {
    int width = signature.probabilityWidth();
    boolean areTwo = signature.outputs() == 1 && width == 2;
    int wanted = areTwo ? 1 : width;
    return CoveredTrees.of(trees, 1, width - wanted, wanted)
        .map(
            covered ->
                TreeExplainer.of(
                    Explainer.Space.PROBABILITY,
                    covered,
                    new double[wanted],
                    1.0 / trees.count(),
                    trees.features(),
                    FloatRows.loader(signature.features())))
        .<Explanations>map(one -> areTwo ? new SecondOfTwo(one) : one)
        .orElseGet(() -> TreeExplainer.withoutCovers(signature.estimator()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int width = signature.probabilityWidth();
    int blockSize = Math.min(FloatRows.blockSize(trees.features()), to - from);
    float[] block = new float[blockSize * trees.features()];
    double[] sums = new double[blockSize * width];
    Trees.Adder adder = trees.adder(blockSize);
    for (int start = from; start < to; start += blockSize) {
      int end = Math.min(to, start + blockSize);
      boolean hasMissing = FloatRows.convert(rows, start, end, signature.features(), block);
      Arrays.fill(sums, 0);
      adder.add(block, end - start, hasMissing, sums, 1);
      for (int i = 0; i < (end - start) * width; i++) {
        sums[i] /= trees.count();
      }
      if (scores.probabilities() != null) {
        System.arraycopy(sums, 0, scores.probabilities(), start * width, (end - start) * width);
      }
      for (int row = start; row < end; row++) {
        label(sums, (row - start) * width, scores.labels(), row * signature.outputs());
      }
    }
  }

  private void label(double[] probabilities, int offset, int[] labels, int label) {
    int from = offset;
    for (int output = 0; output < signature.outputs(); output++) {
      int classes = signature.classes().get(output).size();
      int largest = 0;
      for (int k = 1; k < classes; k++) {
        if (probabilities[from + k] > probabilities[from + largest]) {
          largest = k;
        }
      }
      labels[label + output] = largest;
      from += classes;
    }
  }
}
