package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The selectors that judge each column by itself: by {@code scores_}, or by {@code pvalues_} where
 * they bound how often a column is kept by chance.
 */
final class UnivariateSelector {

  private UnivariateSelector() {}

  /** SelectKBest: the {@code k} largest scores, of equal ones the later. */
  static Transformer best(Attributes attributes) {
    return best(attributes, "k");
  }

  /** SelectPercentile: the {@code percentile} per cent with the largest scores. */
  static Transformer percentile(Attributes attributes) {
    return percentile(attributes, "percentile");
  }

  /** SelectFpr: p-values below {@code alpha}. */
  static Transformer falsePositiveRate(Attributes attributes) {
    return falsePositiveRate(attributes, "alpha");
  }

  /** SelectFdr: the procedure of Benjamini and Hochberg with {@code alpha}. */
  static Transformer falseDiscoveryRate(Attributes attributes) {
    return falseDiscoveryRate(attributes, "alpha");
  }

  /** SelectFwe: p-values below {@code alpha} by the number of columns. */
  static Transformer familyWiseError(Attributes attributes) {
    return familyWiseError(attributes, "alpha");
  }

  /** GenericUnivariateSelect: whichever of them {@code mode} says, with {@code param}. */
  static Transformer generic(Attributes attributes) {
    return switch (attributes.text("mode").orElse("")) {
      case "k_best" -> best(attributes, "param");
      case "percentile" -> percentile(attributes, "param");
      case "fpr" -> falsePositiveRate(attributes, "param");
      case "fdr" -> falseDiscoveryRate(attributes, "param");
      case "fwe" -> familyWiseError(attributes, "param");
      default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID, "mode is none of percentile, k_best, fpr, fdr and fwe");
    };
  }

  private static Transformer best(Attributes attributes, String parameter) {
    double[] scores = scores(attributes);
    boolean[] kept = new boolean[scores.length];
    if (attributes.text(parameter).filter("all"::equals).isPresent()) {
      Arrays.fill(kept, true);
      return Selectors.selecting(attributes, kept, false);
    }
    long k =
        NumpyScalar.unwrap(attributes.value(parameter).orElse(null)) instanceof Long number
            ? number
            : -1;
    if (k < 0) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, parameter + " is neither 'all' nor a whole number from 0");
    }
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> scores[j]))
        .skip(Math.max(0, scores.length - k))
        .forEach(j -> kept[j] = true);
    return Selectors.selecting(attributes, kept, false);
  }

  private static Transformer percentile(Attributes attributes, String parameter) {
    double[] scores = scores(attributes);
    double percentile = number(attributes, parameter);
    if (percentile < 0 || percentile > 100) {
      throw attributes.invalid(Reason.MODEL_INVALID, parameter + " is no number from 0 to 100");
    }
    boolean[] kept = new boolean[scores.length];
    if (percentile == 100) {
      Arrays.fill(kept, true);
    } else if (percentile > 0) {
      double threshold = percentile(scores, 100 - percentile);
      int count = 0;
      for (int j = 0; j < kept.length; j++) {
        kept[j] = scores[j] > threshold;
        count += kept[j] ? 1 : 0;
      }
      // Of columns at the threshold itself the first.
      int most = (int) (scores.length * percentile / 100);
      for (int j = 0; j < kept.length && count < most; j++) {
        if (scores[j] == threshold) {
          kept[j] = true;
          count++;
        }
      }
    }
    return Selectors.selecting(attributes, kept, false);
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

  private static Transformer falsePositiveRate(Attributes attributes, String parameter) {
    return below(attributes, number(attributes, parameter));
  }

  private static Transformer familyWiseError(Attributes attributes, String parameter) {
    return below(attributes, number(attributes, parameter) / pValues(attributes).length);
  }

  private static Transformer below(Attributes attributes, double alpha) {
    double[] p = pValues(attributes);
    boolean[] kept = new boolean[p.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = p[j] < alpha;
    }
    return Selectors.selecting(attributes, kept, false);
  }

  private static Transformer falseDiscoveryRate(Attributes attributes, String parameter) {
    double share = number(attributes, parameter) / pValues(attributes).length;
    double[] p = pValues(attributes);
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] <= share * (i + 1)) {
        largest = sorted[i];
      }
    }
    boolean[] kept = new boolean[p.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = p[j] <= largest;
    }
    return Selectors.selecting(attributes, kept, false);
  }

  private static double number(Attributes attributes, String name) {
    double[] number = attributes.reals(name);
    if (number.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is not one number");
    }
    return number[0];
  }

  /** A p-value that is NaN is below nothing. */
  private static double[] pValues(Attributes attributes) {
    NdArray array = attributes.array("pvalues_");
    return numbers(attributes, array, "pvalues_");
  }

  /** A score that is NaN counts as the least of all. */
  private static double[] scores(Attributes attributes) {
    NdArray array = attributes.array("scores_");
    double[] scores = numbers(attributes, array, "scores_");
    for (int j = 0; j < scores.length; j++) {
      if (Double.isNaN(scores[j])) {
        scores[j] = -Double.MAX_VALUE;
      }
    }
    return scores;
  }

  private static double[] numbers(Attributes attributes, NdArray array, String name) {
    double[] numbers = attributes.orInvalid(name, array::reals);
    if (numbers.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is empty");
    }
    return numbers;
  }
}
