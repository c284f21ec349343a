package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.tree.FloatRows;
import java.util.Optional;

/** GradientBoostingClassifier: the decision is the sum, one of two classes or one per class. */
final class GradientBoostingClassifier implements Model {

  private final Signature signature;
  private final ClassLink link;
  private final boolean isOld;
  private final StartingPoint start;
  private final BoostedTrees trees;

  private GradientBoostingClassifier(
      Signature signature, ClassLink link, boolean isOld, StartingPoint start, BoostedTrees trees) {
    this.signature = signature;
    this.link = link;
    this.isOld = isOld;
    this.start = start;
    this.trees = trees;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    GlobalName loss = Losses.of(attributes);
    boolean isOld = Losses.isOld(loss);
    ClassLink link = ClassLink.of(attributes, loss, labels.size());
    BoostedTrees trees = BoostedTrees.read(attributes, link.sums(labels.size()));
    int features = trees.trees().features();
    Signature signature =
        FittedSignature.of(
                attributes,
                FeatureNames.read(attributes, features).withSplits(trees.trees()::splits))
            .classes(labels)
            .hasProbabilities(true)
            .decisionWidth(trees.sums())
            .build();
    StartingPoint start =
        StartingPoint.ofClassifier(attributes, link, isOld, labels.size(), features);
    return new GradientBoostingClassifier(signature, link, isOld, start, trees);
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
    return trees.explanations(signature, start, link.space());
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int width = rows.width();
    int step = trees.sums();
    int classes = signature.probabilityWidth();
    int blockSize = Math.min(FloatRows.blockSize(width), to - from);
    float[] block = new float[blockSize * width];
    BoostedTrees.Adder adder = trees.adder(blockSize);
    double[] sums = new double[blockSize * step];
    double[] shares = new double[classes];
    for (int first = from; first < to; first += blockSize) {
      int end = Math.min(to, first + blockSize);
      FloatRows.convert(rows, first, end, signature.features(), block);
      start.write(block, end - first, width, sums);
      adder.add(block, end - first, sums);
      if (scores.decisions() != null) {
        System.arraycopy(sums, 0, scores.decisions(), first * step, (end - first) * step);
      }
      for (int row = first; row < end; row++) {
        int sum = (row - first) * step;
        link.probabilities(sums, sum, shares, 0, classes);
        scores.labels()[row] = label(sums, sum, shares);
        if (scores.probabilities() != null) {
          System.arraycopy(shares, 0, scores.probabilities(), row * classes, classes);
        }
      }
    }
  }

  /** Until 1.3 the larger probability, except for the exponential loss; then the sum decides. */
  private int label(double[] sums, int from, double[] shares) {
    return switch (link) {
      case MULTINOMIAL -> ClassLink.largest(isOld ? shares : sums, isOld ? 0 : from, shares.length);
      case LOGIT -> (isOld ? shares[1] > shares[0] : sums[from] >= 0) ? 1 : 0;
      case HALF_LOGIT -> sums[from] >= 0 ? 1 : 0;
    };
  }
}
