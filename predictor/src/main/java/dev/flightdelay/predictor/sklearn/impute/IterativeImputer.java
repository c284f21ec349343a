package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * IterativeImputer: missing values begin as those of a SimpleImputer, and are then predicted from
 * the other columns, one column after the other and round after round, by the regressors that were
 * fitted for it.
 */
final class IterativeImputer implements Transformer {

  /**
   * One step of the sequence.
   *
   * @param column the kept column that is predicted
   * @param from the kept columns that it is predicted from
   * @param least what its predictions are raised to
   * @param most what its predictions are lowered to
   */
  private record Step(int column, int[] from, Model regressor, double least, double most) {}

  private final Features features;
  private final MissingValue missing;
  private final Transformer initial;
  private final KeptColumns columns;
  private final boolean[] empty;
  private final List<Step> steps;

  private IterativeImputer(Attributes attributes) {
    if (attributes.flag("sample_posterior", false)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "sample_posterior=True draws other values each time; fit it without");
    }
    missing = MissingValue.number(attributes);
    Attributes imputer = attributes.object("initial_imputer_");
    initial = attributes.transformer(attributes.value("initial_imputer_").orElse(null), "initial");
    int width = initial.features().count();
    features = FeatureNames.read(attributes, width);
    empty = empty(attributes, imputer, width);
    columns = KeptColumns.read(attributes, width, missing, j -> empty[j]);
    if (columns.count() == 0 || initial.width() != columns.count()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "initial_imputer_ does not give the columns that are imputed");
    }
    long rounds = attributes.integer("n_iter_").orElse(-1L);
    if (rounds < 0) {
      throw attributes.invalid(
          Reason.STATE_INVALID, "n_iter_ is missing: call fit before pickling");
    }
    steps = rounds == 0 ? List.of() : steps(attributes);
    if (attributes.flag("keep_empty_features", false)
        && !steps.isEmpty()
        && SklearnVersion.isBefore(attributes, 1, 6)) {
      // Fitted with it, these releases imputed nothing; set afterwards, they impute every value.
      throw attributes.invalid(
          Reason.MODEL_INVALID, "keep_empty_features is not what it was fitted with");
    }
  }

  /** Reads the initial imputer, the fitted sequence, its limits, and the indicator's columns. */
  static Transformer read(Attributes attributes) {
    return new IterativeImputer(attributes);
  }

  /** Which columns were empty; before 1.4 those of which the initial imputer has no statistic. */
  private static boolean[] empty(Attributes attributes, Attributes imputer, int width) {
    String name = attributes.has("_is_empty_feature") ? "_is_empty_feature" : "statistics_";
    NdArray array = (name.equals("statistics_") ? imputer : attributes).array(name);
    double[] numbers = attributes.orInvalid(name, array::reals);
    if (numbers.length != width) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is not one for each column");
    }
    boolean[] empty = new boolean[width];
    for (int j = 0; j < width; j++) {
      empty[j] = name.equals("statistics_") ? Double.isNaN(numbers[j]) : numbers[j] != 0;
    }
    return empty;
  }

  private List<Step> steps(Attributes attributes) {
    double[] least = limits(attributes, "_min_value");
    double[] most = limits(attributes, "_max_value");
    return attributes.list("imputation_sequence_").stream()
        .map(item -> step(attributes, item, least, most))
        .toList();
  }

  /** Before 0.23 one number for all columns. */
  private double[] limits(Attributes attributes, String name) {
    if (NumpyScalar.unwrap(attributes.value(name).orElse(null)) instanceof Number one
        && !Double.isNaN(one.doubleValue())) {
      double[] limits = new double[columns.count()];
      Arrays.fill(limits, one.doubleValue());
      return limits;
    }
    NdArray array = attributes.array(name);
    double[] limits = attributes.orInvalid(name, array::reals);
    for (double limit : limits) {
      if (limits.length != columns.count() || Double.isNaN(limit)) {
        throw attributes.invalid(Reason.MODEL_INVALID, name + " is not one for each column");
      }
    }
    return limits;
  }

  private Step step(Attributes attributes, Object item, double[] least, double[] most) {
    if (!(item instanceof PickleObject triplet)
        || !(triplet.state() instanceof Object[] parts)
        || parts.length != 3
        || !(NumpyScalar.unwrap(parts[0]) instanceof Long column)
        || column < 0
        || column >= columns.count()
        || !(parts[1] instanceof NdArray array)
        || !array.isBuilt()
        || array.size() == 0
        || array.size() > columns.count()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "imputation_sequence_ is not made of columns and estimators");
    }
    double[] numbers = attributes.orInvalid("imputation_sequence_", array::reals);
    int[] from = new int[numbers.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = (int) numbers[i];
      if (from[i] != numbers[i] || from[i] < 0 || from[i] >= columns.count()) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "imputation_sequence_ names a column that is not there");
      }
    }
    Model regressor = attributes.model(parts[2], "imputation_sequence_");
    if (regressor.signature().labels().isPresent()
        || regressor.signature().outputs() != 1
        || regressor.signature().features().count() != from.length) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "its %s is no regressor of one output that takes %d columns"
              .formatted(regressor.signature().estimator(), from.length));
    }
    int position = column.intValue();
    return new Step(position, from, regressor, least[position], most[position]);
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return columns.width();
  }

  @Override
  public boolean acceptsMissing() {
    return missing.isNan();
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Rows transform(Rows rows) {
    int width = columns.count();
    double[] filled = Arrays.copyOf(initial.transform(rows).values(), rows.count() * width);
    boolean[] absent = new boolean[filled.length];
    boolean all = true;
    for (int i = 0; i < filled.length; i++) {
      int column = columns.kept()[i % width];
      absent[i] = !empty[column] && missing.is(rows.get(i / width, column));
      all &= absent[i];
    }
    // Where no row says anything the library leaves it at the beginning.
    if (!all) {
      for (Step step : steps) {
        predict(step, filled, absent, rows.count());
      }
    }
    return columns.hasIndicator()
        ? withIndicator(rows, filled)
        : new Rows(filled, rows.count(), width);
  }

  private void predict(Step step, double[] filled, boolean[] absent, int rows) {
    int width = columns.count();
    int[] wanted =
        IntStream.range(0, rows).filter(row -> absent[row * width + step.column()]).toArray();
    if (wanted.length == 0) {
      return;
    }
    int count = step.from().length;
    double[] known = new double[wanted.length * count];
    for (int i = 0; i < wanted.length; i++) {
      for (int k = 0; k < count; k++) {
        known[i * count + k] = filled[wanted[i] * width + step.from()[k]];
      }
    }
    double[] predictions =
        step.regressor().score(new Rows(known, wanted.length, count), false, false).values();
    for (int i = 0; i < wanted.length; i++) {
      filled[wanted[i] * width + step.column()] =
          Math.min(Math.max(predictions[i], step.least()), step.most());
    }
  }

  private Rows withIndicator(Rows rows, double[] filled) {
    int kept = columns.count();
    int width = columns.width();
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      System.arraycopy(filled, row * kept, out, row * width, kept);
      columns.indicate(rows, row, out);
    }
    return new Rows(out, rows.count(), width);
  }
}
