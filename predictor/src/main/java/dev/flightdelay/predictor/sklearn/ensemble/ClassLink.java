package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.GlobalName;

/** How boosting makes probabilities of its sums. */
enum ClassLink {
  /** Two classes, log loss: the logistic function of the sum. */
  LOGIT,
  /** Two classes, exponential loss: the sum is half of the log odds. */
  HALF_LOGIT,
  /** One sum per class: softmax. */
  MULTINOMIAL;

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the loss is not one of a
   *     classifier, or for another number of classes
   */
  static ClassLink of(Attributes attributes, GlobalName loss, int classes) {
    ClassLink link =
        switch (loss.name()) {
          case "BinomialDeviance", "HalfBinomialLoss", "BinaryCrossEntropy" -> LOGIT;
          case "ExponentialLoss" -> HALF_LOGIT;
          case "MultinomialDeviance", "HalfMultinomialLoss", "CategoricalCrossEntropy" ->
              MULTINOMIAL;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "the loss %s is none of a classifier that is read".formatted(loss.name()));
        };
    if (link == MULTINOMIAL != classes > 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "the loss %s is not for %d classes".formatted(loss.name(), classes));
    }
    return link;
  }

  /** What its sums are. */
  Explainer.Space space() {
    return this == LOGIT ? Explainer.Space.LOG_ODDS : Explainer.Space.MARGIN;
  }

  /** How many sums a row has. */
  int sums(int classes) {
    return this == MULTINOMIAL ? classes : 1;
  }

  /** Writes one row's probabilities. */
  void probabilities(double[] sums, int from, double[] into, int at, int classes) {
    switch (this) {
      case LOGIT, HALF_LOGIT -> {
        double second = expit(this == LOGIT ? sums[from] : 2 * sums[from]);
        into[at] = 1 - second;
        into[at + 1] = second;
      }
      case MULTINOMIAL -> softmax(sums, from, into, at, classes);
    }
  }

  static void softmax(double[] sums, int from, double[] into, int at, int classes) {
    double largest = sums[from];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, sums[from + k]);
    }
    double total = 0;
    for (int k = 0; k < classes; k++) {
      into[at + k] = Math.exp(sums[from + k] - largest);
      total += into[at + k];
    }
    for (int k = 0; k < classes; k++) {
      into[at + k] /= total;
    }
  }

  /**
   * What a row's sums start from, of the probabilities of another estimator.
   *
   * @param least what probabilities are kept away from 0 and 1
   * @param isCentred whether the sums' mean is 0, as from scikit-learn 1.4 on
   */
  void start(
      double[] probabilities,
      int from,
      double[] sums,
      int at,
      int classes,
      double least,
      boolean isCentred) {
    switch (this) {
      case LOGIT, HALF_LOGIT -> {
        double second = Math.clamp(probabilities[from + 1], least, 1 - least);
        double odds = Math.log(second / (1 - second));
        sums[at] = this == LOGIT ? odds : 0.5 * odds;
      }
      case MULTINOMIAL -> {
        double mean = 0;
        for (int k = 0; k < classes; k++) {
          sums[at + k] = Math.log(Math.clamp(probabilities[from + k], least, 1 - least));
          mean += sums[at + k];
        }
        for (int k = 0; k < classes && isCentred; k++) {
          sums[at + k] -= mean / classes;
        }
      }
    }
  }

  static int largest(double[] numbers, int from, int count) {
    int largest = 0;
    for (int k = 1; k < count; k++) {
      if (numbers[from + k] > numbers[from + largest]) {
        largest = k;
      }
    }
    return largest;
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
