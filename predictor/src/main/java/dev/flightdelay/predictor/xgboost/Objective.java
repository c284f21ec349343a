package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.Explainer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The objectives whose predictions are known: how {@code base_score} becomes a margin ({@code
 * ProbToMargin} in XGBoost's {@code src/objective}), and a margin a prediction ({@code
 * PredTransform}). All in float32.
 */
enum Objective {
  SQUARED_ERROR("reg:squarederror", Link.IDENTITY),
  LINEAR("reg:linear", Link.IDENTITY),
  SQUARED_LOG_ERROR("reg:squaredlogerror", Link.IDENTITY),
  PSEUDO_HUBER_ERROR("reg:pseudohubererror", Link.IDENTITY),
  ABSOLUTE_ERROR("reg:absoluteerror", Link.IDENTITY),
  QUANTILE_ERROR("reg:quantileerror", Link.IDENTITY),
  REG_LOGISTIC("reg:logistic", Link.LOGIT),
  GAMMA("reg:gamma", Link.LOG),
  TWEEDIE("reg:tweedie", Link.LOG),
  POISSON("count:poisson", Link.LOG),
  COX("survival:cox", Link.LOG),
  AFT("survival:aft", Link.LOG),
  BINARY_LOGISTIC("binary:logistic", Link.LOGIT),
  LOGIT_RAW("binary:logitraw", Link.IDENTITY),
  HINGE("binary:hinge", Link.STEP),
  SOFTPROB("multi:softprob", Link.SOFTMAX),
  SOFTMAX("multi:softmax", Link.LARGEST),
  RANK_PAIRWISE("rank:pairwise", Link.IDENTITY),
  RANK_NDCG("rank:ndcg", Link.IDENTITY),
  RANK_MAP("rank:map", Link.IDENTITY);

  /** What stands between margins and predictions. */
  enum Link {
    IDENTITY,
    /** The logistic function of the margin. */
    LOGIT,
    /** The exponential of the margin. */
    LOG,
    /** 1 where the margin is above 0. */
    STEP,
    /** The softmax of a row's margins. */
    SOFTMAX,
    /** The position of a row's largest margin. */
    LARGEST
  }

  private final String text;
  private final Link link;

  Objective(String text, Link link) {
    this.text = text;
    this.link = link;
  }

  static Optional<Objective> of(String text) {
    return Arrays.stream(values()).filter(objective -> objective.text.equals(text)).findFirst();
  }

  Link link() {
    return link;
  }

  /** What margins are. */
  Explainer.Space space() {
    return switch (link) {
      case IDENTITY -> this == LOGIT_RAW ? Explainer.Space.LOG_ODDS : Explainer.Space.VALUE;
      case LOGIT -> Explainer.Space.LOG_ODDS;
      case LOG -> Explainer.Space.LOG;
      case STEP, SOFTMAX, LARGEST -> Explainer.Space.MARGIN;
    };
  }

  /** How many predictions a row has that many margins of. */
  int outputs(int groups) {
    return link == Link.LARGEST ? 1 : groups;
  }

  /** {@code base_score} as a margin. */
  float margin(float baseScore) {
    return switch (link) {
      case LOGIT -> (float) -Math.log(1f / baseScore - 1f);
      case LOG -> (float) Math.log(baseScore);
      case IDENTITY, STEP, SOFTMAX, LARGEST -> baseScore;
    };
  }

  /**
   * One row's predictions.
   *
   * @param margins the row's margins, {@code groups} of them from {@code from}
   * @param predictions takes {@link #outputs} of them from its start
   */
  void predict(float[] margins, int from, int groups, float[] predictions) {
    switch (link) {
      case IDENTITY -> System.arraycopy(margins, from, predictions, 0, groups);
      case LOGIT -> {
        for (int k = 0; k < groups; k++) {
          predictions[k] = sigmoid(margins[from + k]);
        }
      }
      case LOG -> {
        for (int k = 0; k < groups; k++) {
          predictions[k] = (float) Math.exp(margins[from + k]);
        }
      }
      case STEP -> {
        for (int k = 0; k < groups; k++) {
          predictions[k] = margins[from + k] > 0 ? 1 : 0;
        }
      }
      case SOFTMAX -> softmax(margins, from, groups, predictions);
      case LARGEST -> predictions[0] = largest(margins, from, groups);
    }
  }

  /** {@code common::Sigmoid}: the exponent is cut off where float32 ends. */
  private static float sigmoid(float margin) {
    return 1f / ((float) Math.exp(Math.min(-margin, 88.7f)) + 1f);
  }

  /** {@code common::Softmax}: float32 exponentials, their sum in float64. */
  static void softmax(float[] margins, int from, int groups, float[] probabilities) {
    float largest = margins[from];
    for (int k = 1; k < groups; k++) {
      largest = Math.max(largest, margins[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < groups; k++) {
      probabilities[k] = (float) Math.exp(margins[from + k] - largest);
      sum += probabilities[k];
    }
    for (int k = 0; k < groups; k++) {
      probabilities[k] /= (float) sum;
    }
  }

  /** The first position of the largest number. */
  static int largest(float[] numbers, int from, int count) {
    int largest = 0;
    for (int k = 1; k < count; k++) {
      if (numbers[from + k] > numbers[from + largest]) {
        largest = k;
      }
    }
    return largest;
  }
}
