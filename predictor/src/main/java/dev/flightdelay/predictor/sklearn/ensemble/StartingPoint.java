package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.dummy.DummyClassifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What gradient boosting starts from before the first tree: {@code init_}. */
sealed interface StartingPoint {

  /** Writes the first sums of rows of float32. */
  void write(float[] block, int rows, int width, double[] sums);

  /** Whose probabilities of two classes are the logistic function of a sum. */
  Set<String> LOGISTIC = Set.of("LogisticRegression", "LogisticRegressionCV");

  /** The same for each row. */
  record Constant(double[] row) implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(row, 0, sums, r * row.length, row.length);
      }
    }
  }

  /** What a linear regressor of float32 predicts. */
  record SingleRegressor(SinglePrecision model) implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      for (int r = 0; r < rows; r++) {
        sums[r] = model.sum(block, r * width);
      }
    }
  }

  /** What logistic regression of float32 gives probabilities of two classes for. */
  record SingleClassifier(SinglePrecision model, ClassLink link, double least, boolean isCentred)
      implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      double[] probabilities = new double[2];
      for (int r = 0; r < rows; r++) {
        float second = model.probability(block, r * width);
        probabilities[0] = 1 - second;
        probabilities[1] = second;
        link.start(probabilities, 0, sums, r, 2, least, isCentred);
      }
    }
  }

  /** What another regressor predicts. */
  record Regressor(Model model) implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      Scores scores = model.score(widened(block, rows, width), false, false);
      System.arraycopy(scores.values(), 0, sums, 0, rows);
    }
  }

  /**
   * What another classifier gives probabilities for.
   *
   * @param single whether these are float32
   */
  record Classifier(Model model, ClassLink link, double least, boolean isCentred, boolean single)
      implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      double[] probabilities =
          rounded(model.score(widened(block, rows, width), true, false).probabilities(), single);
      int classes = model.signature().probabilityWidth();
      int step = link.sums(classes);
      for (int r = 0; r < rows; r++) {
        link.start(probabilities, r * classes, sums, r * step, classes, least, isCentred);
      }
    }
  }

  private static double[] rounded(double[] answers, boolean single) {
    if (single) {
      for (int i = 0; i < answers.length; i++) {
        answers[i] = (float) answers[i];
      }
    }
    return answers;
  }

  private static Rows widened(float[] block, int rows, int width) {
    double[] values = new double[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = block[i];
    }
    return new Rows(values, rows, width);
  }

  /** Reads {@code init_} of a regressor. */
  static StartingPoint ofRegressor(Attributes attributes, int features) {
    if (isZero(attributes)) {
      return new Constant(new double[1]);
    }
    Attributes init = attributes.object("init_");
    if (isOldest(init)) {
      return new Constant(oldest(init, 1));
    }
    if (init.estimator().equals("DummyRegressor")) {
      double[] constant = init.reals("constant_");
      if (constant.length != 1) {
        throw attributes.invalid(Reason.MODEL_INVALID, "init_ has not one constant_");
      }
      return new Constant(constant);
    }
    Model model = attributes.model("init_");
    requireFeatures(attributes, model, features);
    if (!model.signature().classes().isEmpty() || model.signature().outputs() != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "init_ does not predict one number");
    }
    return SinglePrecision.read(init, features)
        .<StartingPoint>map(SingleRegressor::new)
        .orElseGet(() -> new Regressor(model));
  }

  /** Reads {@code init_} of a classifier. */
  static StartingPoint ofClassifier(
      Attributes attributes, ClassLink link, boolean isOld, int classes, int features) {
    if (isZero(attributes)) {
      return new Constant(new double[link.sums(classes)]);
    }
    double least = SklearnVersion.isBefore(attributes, 1, 8) ? Math.ulp(1f) : Math.ulp(1.0);
    Attributes init = attributes.object("init_");
    if (isOldest(init)) {
      return new Constant(oldest(init, link.sums(classes)));
    }
    if (init.estimator().equals("DummyClassifier")) {
      double[] sums = new double[link.sums(classes)];
      link.start(prior(init, classes), 0, sums, 0, classes, least, !isOld);
      return new Constant(sums);
    }
    Model model = attributes.model("init_");
    requireFeatures(attributes, model, features);
    if (model.signature().outputs() != 1 || model.signature().probabilityWidth() != classes) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "init_ gives no probabilities of the same classes");
    }
    Optional<SinglePrecision> single =
        classes == 2 && LOGISTIC.contains(init.estimator())
            ? SinglePrecision.read(init, features)
            : Optional.empty();
    return single
        .<StartingPoint>map(weights -> new SingleClassifier(weights, link, least, !isOld))
        .orElseGet(() -> new Classifier(model, link, least, !isOld, SinglePrecision.is(init)));
  }

  private static boolean isOldest(Attributes init) {
    return init.type().module().equals(Losses.OLDEST);
  }

  /** Before 0.21 what it starts from gives the sums themselves, the same for each row. */
  private static double[] oldest(Attributes init, int sums) {
    double[] start =
        switch (init.estimator()) {
          case "MeanEstimator" -> init.reals("mean");
          case "QuantileEstimator" -> init.reals("quantile");
          case "LogOddsEstimator", "ScaledLogOddsEstimator" -> init.reals("prior");
          case "PriorProbabilityEstimator" -> init.reals("priors");
          case "ZeroEstimator" -> new double[sums];
          default ->
              throw init.invalid(Reason.UNSUPPORTED, "gradient boosting does not start from it");
        };
    if (start.length != sums) {
      throw init.invalid(
          Reason.MODEL_INVALID, "it has %d numbers for %d sums".formatted(start.length, sums));
    }
    return start;
  }

  private static boolean isZero(Attributes attributes) {
    return attributes.text("init_").filter("zero"::equals).isPresent();
  }

  private static double[] prior(Attributes dummy, int classes) {
    double[] prior = dummy.reals("class_prior_");
    if (prior.length != classes) {
      throw dummy.invalid(
          Reason.MODEL_INVALID,
          "class_prior_ has %d numbers for %d classes".formatted(prior.length, classes));
    }
    return switch (DummyClassifier.strategy(dummy)) {
      case "prior" -> prior;
      case "most_frequent" -> {
        double[] one = new double[classes];
        one[ClassLink.largest(prior, 0, classes)] = 1;
        yield one;
      }
      case "uniform" -> {
        Arrays.fill(prior, 1.0 / classes);
        yield prior;
      }
      default ->
          throw dummy.invalid(
              Reason.UNSUPPORTED,
              "as init of gradient boosting it is read with the strategies prior, most_frequent"
                  + " and uniform");
    };
  }

  private static void requireFeatures(Attributes attributes, Model model, int features) {
    if (model.signature().features().count() != features) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "init_ is for %d features, not for %d"
              .formatted(model.signature().features().count(), features));
    }
  }
}
