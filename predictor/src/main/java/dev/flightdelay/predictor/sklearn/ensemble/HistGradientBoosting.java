package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.trees.QuickScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * HistGradientBoostingClassifier and HistGradientBoostingRegressor: the baseline plus all trees,
 * then the inverse of the loss's link.
 */
final class HistGradientBoosting implements Model {

  private final Signature signature;
  private final HistColumns columns;
  private final double[] baseline;
  private final HistTrees trees;
  // Null for a regressor.
  private final ClassLink link;
  private final boolean isLogarithm;

  private HistGradientBoosting(
      Signature signature,
      HistColumns columns,
      double[] baseline,
      HistTrees trees,
      ClassLink link,
      boolean isLogarithm) {
    this.signature = signature;
    this.columns = columns;
    this.baseline = baseline;
    this.trees = trees;
    this.link = link;
    this.isLogarithm = isLogarithm;
  }

  static Model readClassifier(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    ClassLink link = ClassLink.of(attributes, Losses.of(attributes), labels.size());
    return read(attributes, List.of(labels), link.sums(labels.size()), link, false);
  }

  static Model readRegressor(Attributes attributes) {
    GlobalName loss = Losses.of(attributes);
    boolean isLogarithm =
        switch (loss.name()) {
          case "HalfSquaredError",
              "AbsoluteError",
              "PinballLoss",
              "LeastSquares",
              "LeastAbsoluteDeviation" ->
              false;
          case "HalfPoissonLoss", "HalfGammaLoss", "Poisson" -> true;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "the loss %s is none of a regressor that is read".formatted(loss.name()));
        };
    return read(attributes, List.of(), 1, null, isLogarithm);
  }

  private static Model read(
      Attributes attributes, List<Labels> labels, int sums, ClassLink link, boolean isLogarithm) {
    HistColumns columns = HistColumns.read(attributes);
    double[] baseline = attributes.reals("_baseline_prediction");
    if (baseline.length != sums) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "_baseline_prediction has %d numbers for %d sums".formatted(baseline.length, sums));
    }
    HistTrees trees = HistTrees.read(attributes, sums, columns.known());
    Features given = FeatureNames.read(attributes, columns.width());
    // Where the columns change places, the trees' are not those of a row.
    Features features =
        columns.areChanged() ? columns.describe(given) : given.withSplits(trees::splits);
    Signature signature =
        FittedSignature.of(attributes, features)
            .classes(labels)
            .outputs(1)
            .hasProbabilities(link != null)
            .decisionWidth(link == null ? 0 : sums)
            .acceptsMissing(true)
            .build();
    return new HistGradientBoosting(signature, columns, baseline, trees, link, isLogarithm);
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
    return trees
        .covers()
        .<Explanations>map(
            covers ->
                TreeExplainer.of(
                    space(),
                    new CoveredHistTrees(trees, covers),
                    baseline,
                    1,
                    sources(),
                    columns.width(),
                    this::load))
        .orElseGet(() -> TreeExplainer.withoutCovers(signature.estimator()));
  }

  private Explainer.Space space() {
    if (link != null) {
      return link.space();
    }
    return isLogarithm ? Explainer.Space.LOG : Explainer.Space.VALUE;
  }

  private int[][] sources() {
    return Arrays.stream(columns.sources()).mapToObj(c -> new int[] {c}).toArray(int[][]::new);
  }

  private void load(Rows rows, int from, int count, double[] into) {
    for (int row = 0; row < count; row++) {
      columns.write(rows, from + row, into, row * columns.width());
    }
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int width = columns.width();
    int step = baseline.length;
    int most = Math.min(QuickScorer.ROWS, to - from);
    double[] changed = new double[columns.areChanged() ? most * width : 0];
    double[] sums = new double[most * step];
    QuickScorer.Block block = trees.block(most);
    for (int first = from; first < to; first += most) {
      int count = Math.min(most, to - first);
      for (int i = 0; i < count; i++) {
        System.arraycopy(baseline, 0, sums, i * step, step);
        if (columns.areChanged()) {
          columns.write(rows, first + i, changed, i * width);
        }
      }
      if (columns.areChanged()) {
        trees.add(changed, 0, width, count, sums, block);
      } else {
        trees.add(rows.values(), first * width, width, count, sums, block);
      }
      for (int i = 0; i < count; i++) {
        if (link == null) {
          scores.values()[first + i] = isLogarithm ? Math.exp(sums[i]) : sums[i];
        } else {
          write(sums, i * step, first + i, scores);
        }
      }
    }
  }

  private void write(double[] sums, int at, int row, Scores scores) {
    int step = baseline.length;
    int classes = signature.probabilityWidth();
    scores.labels()[row] = step == 1 ? sums[at] > 0 ? 1 : 0 : ClassLink.largest(sums, at, step);
    if (scores.decisions() != null) {
      System.arraycopy(sums, at, scores.decisions(), row * step, step);
    }
    if (scores.probabilities() != null) {
      link.probabilities(sums, at, scores.probabilities(), row * classes, classes);
    }
  }
}
