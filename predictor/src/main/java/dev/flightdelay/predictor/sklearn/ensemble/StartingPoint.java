package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Arrays;

/** What gradient boosting starts from before the first tree: {@code init_}. */
sealed interface StartingPoint {

  /** Writes the first sums of rows of float32. */
  void write(float[] block, int rows, int width, double[] sums);

  /** The same for each row. */
  record Constant(double[] row) implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(row, 0, sums, r * row.length, row.length);
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

  /** What another classifier gives probabilities for. */
  record Classifier(Model model, ClassLink link, double least, boolean isCentred)
      implements StartingPoint {

    @Override
    public void write(float[] block, int rows, int width, double[] sums) {
      double[] probabilities =
          model.score(widened(block, rows, width), true, false).probabilities();
      int classes = model.signature().probabilityWidth();
      int step = link.sums(classes);
      for (int r = 0; r < rows; r++) {
        link.start(probabilities, r * classes, sums, r * step, classes, least, isCentred);
      }
    }
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
    return new Regressor(model);
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
    return new Classifier(model, link, least, !isOld);
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
    return switch (dummy.text("strategy").orElse("prior")) {
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
