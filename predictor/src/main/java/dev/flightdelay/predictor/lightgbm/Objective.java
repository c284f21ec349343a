package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.model.Explainer;
import java.util.Set;

/**
 * From the sums of the leaves to what is predicted: {@code ObjectiveFunction::ConvertOutput} in
 * LightGBM's src/objective.
 */
sealed interface Objective {

  /** Converts one row's sums, in place. */
  void apply(double[] sums, int at, int width);

  /**
   * What the sums are.
   *
   * @param width the sums of a row
   */
  default Explainer.Space space(int width) {
    return switch (this) {
      case Identity _ -> Explainer.Space.VALUE;
      case Sigmoid(double sigmoid) ->
          sigmoid == 1 && width == 1 ? Explainer.Space.LOG_ODDS : Explainer.Space.MARGIN;
      case Exponential _ -> Explainer.Space.LOG;
      case Softmax _, Squared _, Lambda _ -> Explainer.Space.MARGIN;
    };
  }

  /** The sums themselves. */
  record Identity() implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {}
  }

  /** {@code 1 / (1 + exp(-sigmoid * x))}, each sum by itself. */
  record Sigmoid(double sigmoid) implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {
      for (int k = at; k < at + width; k++) {
        sums[k] = 1 / (1 + Math.exp(-sigmoid * sums[k]));
      }
    }
  }

  /** {@code exp(x_k) / sum(exp(x))}, with the largest taken off before. */
  record Softmax() implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {
      double largest = sums[at];
      for (int k = at + 1; k < at + width; k++) {
        largest = Math.max(sums[k], largest);
      }
      double sum = 0;
      for (int k = at; k < at + width; k++) {
        sums[k] = Math.exp(sums[k] - largest);
        sum += sums[k];
      }
      for (int k = at; k < at + width; k++) {
        sums[k] /= sum;
      }
    }
  }

  /** {@code exp(x)}: counts, amounts. */
  record Exponential() implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {
      for (int k = at; k < at + width; k++) {
        sums[k] = Math.exp(sums[k]);
      }
    }
  }

  /** {@code sign(x) * x * x}, where the square root of the target was learnt. */
  record Squared() implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {
      for (int k = at; k < at + width; k++) {
        sums[k] = Math.signum(sums[k]) * sums[k] * sums[k];
      }
    }
  }

  /** {@code log(1 + exp(x))}. */
  record Lambda() implements Objective {
    @Override
    public void apply(double[] sums, int at, int width) {
      for (int k = at; k < at + width; k++) {
        sums[k] = Math.log1p(Math.exp(sums[k]));
      }
    }
  }

  /** The objectives that may have learnt the square root: {@code RegressionL2loss} and heirs. */
  Set<String> WITH_ROOT = Set.of("regression", "regression_l1", "fair", "quantile", "mape");

  /**
   * @param line such as {@code binary sigmoid:1}
   * @param width the sums of a row
   */
  static Objective read(String line, int width) {
    String[] parts = line.strip().split(" +", 8);
    return switch (parts[0]) {
      case "binary", "multiclassova" -> new Sigmoid(sigmoid(parts, width));
      case "cross_entropy" -> new Sigmoid(1);
      case "multiclass" -> {
        requireClasses(parts, width);
        yield new Softmax();
      }
      case "cross_entropy_lambda" -> new Lambda();
      case "poisson", "gamma", "tweedie" -> new Exponential();
      case "huber", "lambdarank", "rank_xendcg", "custom" -> new Identity();
      case String name when WITH_ROOT.contains(name) ->
          parts.length > 1 && parts[1].equals("sqrt") ? new Squared() : new Identity();
      default ->
          throw UnreadableTextException.unsupported("its objective is none that LightGBM 4.7 has");
    };
  }

  private static double sigmoid(String[] parts, int width) {
    if (parts[0].equals("multiclassova")) {
      requireClasses(parts, width);
    }
    String sigmoid = parameter(parts, "sigmoid:");
    try {
      double number = Numbers.reals(sigmoid, 0, sigmoid.length(), 1)[0];
      if (number > 0) {
        return number;
      }
    } catch (IllegalArgumentException wrong) {
      throw UnreadableTextException.invalid("its objective has in sigmoid " + wrong.getMessage());
    }
    throw UnreadableTextException.invalid("its objective's sigmoid is not above 0");
  }

  private static void requireClasses(String[] parts, int width) {
    if (!parameter(parts, "num_class:").equals(Integer.toString(width))) {
      throw UnreadableTextException.invalid(
          "its objective is not for the %d trees of an iteration".formatted(width));
    }
  }

  private static String parameter(String[] parts, String name) {
    for (String part : parts) {
      if (part.startsWith(name)) {
        return part.substring(name.length());
      }
    }
    throw UnreadableTextException.invalid(
        "its objective has no %s".formatted(name.substring(0, name.length() - 1)));
  }
}
