package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Arrays;
import java.util.List;

/** AdaBoostRegressor: the median of the estimators' predictions by their weights. */
final class AdaBoostRegressor implements Model {

  private final Signature signature;
  private final List<Model> models;
  private final double[] weights;

  private AdaBoostRegressor(Signature signature, List<Model> models, double[] weights) {
    this.signature = signature;
    this.models = models;
    this.weights = weights;
  }

  static Model read(Attributes attributes) {
    List<Model> models = BaseModels.read(attributes, false);
    Signature signature =
        FittedSignature.of(
                attributes, FeatureNames.read(attributes, BaseModels.features(attributes, models)))
            .build();
    return new AdaBoostRegressor(
        signature, models, AdaBoostWeights.read(attributes, models.size()));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = models.size();
    double[] predictions = new double[(to - from) * count];
    for (int i = 0; i < count; i++) {
      Scores answers = Scores.of(models.get(i).signature(), rows.count(), false, false);
      models.get(i).score(rows, from, to, answers);
      for (int row = from; row < to; row++) {
        predictions[(row - from) * count + i] = answers.values()[row];
      }
    }
    double[] sorted = new double[count];
    double[] sums = new double[count];
    for (int row = from; row < to; row++) {
      scores.values()[row] = median(predictions, (row - from) * count, sorted, sums);
    }
  }

  /** The first of the sorted predictions up to which half of the weight lies. */
  private double median(double[] predictions, int from, double[] sorted, double[] sums) {
    System.arraycopy(predictions, from, sorted, 0, sorted.length);
    Arrays.sort(sorted);
    Arrays.fill(sums, 0);
    // Equal predictions share a place: which of them is the median makes no difference.
    for (int i = 0; i < sorted.length; i++) {
      sums[Arrays.binarySearch(sorted, predictions[from + i])] += weights[i];
    }
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    int median = 0;
    while (median < sums.length - 1 && sums[median] < 0.5 * sums[sums.length - 1]) {
      median++;
    }
    return sorted[median];
  }
}
