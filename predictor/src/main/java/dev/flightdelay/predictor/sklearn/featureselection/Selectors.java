package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The selectors: each keeps some columns, in their order, and differs in how it chose them. */
final class Selectors {

  private Selectors() {}

  /** The {@code k} largest {@code scores_}, of equal ones the later. */
  static Transformer best(Attributes attributes) {
    double[] scores = scores(attributes);
    boolean[] kept = new boolean[scores.length];
    if (attributes.text("k").filter("all"::equals).isPresent()) {
      Arrays.fill(kept, true);
      return selecting(attributes, kept, false);
    }
    long k = attributes.integer("k").orElse(-1L);
    if (k < 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "k is neither 'all' nor a number from 0");
    }
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> scores[j]))
        .skip(Math.max(0, scores.length - k))
        .forEach(j -> kept[j] = true);
    return selecting(attributes, kept, false);
  }

  /** The {@code percentile} per cent with the largest {@code scores_}, of equal ones the first. */
  static Transformer percentile(Attributes attributes) {
    double[] scores = scores(attributes);
    double[] percentile = attributes.reals("percentile");
    if (percentile.length != 1 || percentile[0] < 0 || percentile[0] > 100) {
      throw attributes.invalid(Reason.MODEL_INVALID, "percentile is no number from 0 to 100");
    }
    boolean[] kept = new boolean[scores.length];
    if (percentile[0] == 100) {
      Arrays.fill(kept, true);
    } else if (percentile[0] > 0) {
      double threshold = percentile(scores, 100 - percentile[0]);
      int count = 0;
      for (int j = 0; j < kept.length; j++) {
        kept[j] = scores[j] > threshold;
        count += kept[j] ? 1 : 0;
      }
      int most = (int) (scores.length * percentile[0] / 100);
      for (int j = 0; j < kept.length && count < most; j++) {
        if (scores[j] == threshold) {
          kept[j] = true;
          count++;
        }
      }
    }
    return selecting(attributes, kept, false);
  }

  /** {@code numpy.percentile}, linear between the two nearest. */
  private static double percentile(double[] scores, double percentile) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double place = percentile / 100 * (sorted.length - 1);
    int below = (int) Math.floor(place);
    double share = place - below;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
  }

  /** Columns whose {@code variances_} are above the threshold. */
  static Transformer variance(Attributes attributes) {
    double[] variances = attributes.reals("variances_");
    double[] threshold = attributes.reals("threshold");
    boolean[] kept = new boolean[variances.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = variances[j] > threshold[0];
    }
    return selecting(attributes, kept, true);
  }

  /** The mask {@code support_}. */
  static Transformer support(Attributes attributes) {
    double[] mask = attributes.reals("support_");
    boolean[] kept = new boolean[mask.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = mask[j] != 0;
    }
    return selecting(attributes, kept, false);
  }

  /** A score that is NaN counts as the least of all. */
  private static double[] scores(Attributes attributes) {
    NdArray array = attributes.array("scores_");
    double[] scores = attributes.orInvalid("scores_", array::reals);
    for (int j = 0; j < scores.length; j++) {
      if (Double.isNaN(scores[j])) {
        scores[j] = -Double.MAX_VALUE;
      }
    }
    return scores;
  }

  static Transformer selecting(Attributes attributes, boolean[] kept, boolean acceptsMissing) {
    int[] columns = IntStream.range(0, kept.length).filter(j -> kept[j]).toArray();
    if (columns.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it keeps no column");
    }
    return new ColumnSelection(FeatureNames.read(attributes, kept.length), columns, acceptsMissing);
  }
}
