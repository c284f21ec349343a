package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SplineTransformer: the values of a column's B-splines.
 *
 * @param kept how many of a column's splines are given: the last is left out without include_bias
 * @param zerosForMissing whether a missing value gives zeros rather than an error
 * @param givesSparse whether it gives a sparse matrix
 */
record SplineTransformer(
    Features features,
    BasisSpline[] splines,
    Extrapolation extrapolation,
    int kept,
    boolean zerosForMissing,
    boolean givesSparse)
    implements Transformer {

  /** From SciPy 1.18 on a spline's state is a pair, of which the first is the spline. */
  private static Object inside(Object spline) {
    return spline instanceof PickleObject object
            && object.state() instanceof Object[] state
            && state.length == 2
        ? state[0]
        : spline;
  }

  /** Reads {@code bsplines_}, one for each column, extrapolation, include_bias, handle_missing. */
  static Transformer read(Attributes attributes) {
    List<Object> objects = attributes.list("bsplines_");
    BasisSpline[] splines = new BasisSpline[objects.size()];
    for (int j = 0; j < splines.length; j++) {
      splines[j] = BasisSpline.read(attributes.object(inside(objects.get(j)), "bsplines_"));
      if (splines[j].splines() != splines[0].splines()
          || splines[j].degree() != splines[0].degree()) {
        throw attributes.invalid(Reason.MODEL_INVALID, "bsplines_ are not all as wide");
      }
    }
    if (splines.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "bsplines_ is empty");
    }
    int each = splines[0].splines();
    int kept = attributes.flag("include_bias", true) ? each : each - 1;
    if (kept == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it gives no columns");
    }
    requireAsFitted(attributes, "degree", splines[0].degree());
    requireAsFitted(attributes, "n_features_out_", (long) splines.length * kept);
    Map<Integer, Object> samples = new HashMap<>();
    for (int j = 0; j < splines.length; j++) {
      samples.put(j, splines[j].least(splines[j].degree()));
    }
    boolean zerosForMissing = attributes.text("handle_missing").orElse("error").equals("zeros");
    return new SplineTransformer(
        FeatureNames.read(attributes, splines.length).withSamples(samples),
        splines,
        Extrapolation.read(attributes),
        kept,
        zerosForMissing,
        attributes.flag("sparse_output", false));
  }

  /** With another degree or include_bias than it was fitted with it gives columns of no meaning. */
  private static void requireAsFitted(Attributes attributes, String name, long fitted) {
    attributes
        .integer(name)
        .filter(number -> number != fitted)
        .ifPresent(
            number -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "%s is %d, and its splines were fitted for %d; fit it again"
                      .formatted(name, number, fitted));
            });
  }

  @Override
  public int width() {
    return splines.length * kept;
  }

  @Override
  public boolean acceptsMissing() {
    return zerosForMissing;
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(splines.length, kept);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = width();
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      int margin = splines[0].degree();
      for (int j = 0; j < splines.length; j++) {
        double x = rows.get(row, j);
        int continued = continued(margin);
        if (!Double.isNaN(x)) {
          double[] values = values(row, j, x, margin, continued);
          System.arraycopy(values, 0, out, row * width + j * kept, kept);
        }
        margin = continued;
      }
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    Rows splined = transform(table.dense());
    return givesSparse ? stored(table.dense(), splined) : splined;
  }

  /**
   * The cells that the library stores: of a number within the splines' range all that {@code
   * BSpline.design_matrix} makes, where a zero may be among them; else those that are not zero.
   */
  private SparseRows stored(Rows rows, Rows splined) {
    int degree = splines[0].degree();
    SparseRows.Builder cells =
        new SparseRows.Builder(rows.count(), width(), rows.count() * splines.length * (degree + 1));
    for (int row = 0; row < rows.count(); row++) {
      int margin = degree;
      for (int j = 0; j < splines.length; j++) {
        for (int k = 0; k < kept; k++) {
          double value = splined.get(row, j * kept + k);
          if (value != 0 || isStored(splines[j], rows.get(row, j), margin, k)) {
            cells.add(j * kept + k, value);
          }
        }
        margin = continued(margin);
      }
      cells.endRow();
    }
    return cells.rows();
  }

  /** Whether a spline is stored at {@code x} even if it is zero there. */
  private boolean isStored(BasisSpline spline, double x, int margin, int k) {
    return switch (extrapolation) {
      case CONTINUE, ERROR -> !Double.isNaN(x) && spline.isAround(x, k);
      case CONSTANT, LINEAR ->
          x >= spline.least(margin) && x <= spline.most(margin) && spline.isAround(x, k);
      // The first ones are added up with those behind the end, which leaves no zero.
      case PERIODIC ->
          !Double.isNaN(x) && k >= spline.degree() && spline.isAround(within(spline, x), k);
    };
  }

  /**
   * The library counts the splines that go on beyond the ends one up for each column with a degree
   * of 0 or 1, and then takes the ends themselves that many knots further in.
   */
  private int continued(int margin) {
    return extrapolation == Extrapolation.LINEAR && margin <= 1 ? margin + 1 : margin;
  }

  private double[] values(int row, int column, double x, int margin, int continued) {
    BasisSpline spline = splines[column];
    return switch (extrapolation) {
      case CONTINUE -> {
        requireWithin(spline.extrapolates(), row, column, x, margin);
        yield spline.at(x);
      }
      case PERIODIC -> spline.at(within(spline, x));
      case ERROR -> {
        // The library raises where its splines give no number, and these may go on.
        requireWithin(spline.extrapolates(), row, column, x, margin);
        yield spline.at(x);
      }
      case CONSTANT -> {
        double[] low = spline.at(spline.least(margin));
        double[] high = spline.at(spline.most(margin));
        yield beyond(spline, x, margin, margin, low, high);
      }
      case LINEAR -> {
        double[] low = line(spline, spline.least(margin), x);
        double[] high = line(spline, spline.most(margin), x);
        yield beyond(spline, x, margin, continued, low, high);
      }
    };
  }

  private void requireWithin(boolean extrapolates, int row, int column, double x, int margin) {
    BasisSpline spline = splines[column];
    if (!extrapolates && (x < spline.least(margin) || x > spline.most(margin))) {
      throw new UnusableRowsException(
          row,
          column,
          "is %s, and the splines were fitted from %s to %s"
              .formatted(x, spline.least(margin), spline.most(margin)));
    }
  }

  /**
   * The splines between the ends; below the lower one only the first of {@code low}, above the
   * upper one only the last of {@code high}.
   */
  private static double[] beyond(
      BasisSpline spline, double x, int margin, int continued, double[] low, double[] high) {
    boolean below = x < spline.least(margin);
    boolean above = x > spline.most(margin);
    if (!below && !above) {
      return spline.at(x);
    }
    int splines = spline.splines();
    double[] values = new double[splines];
    if (below) {
      System.arraycopy(low, 0, values, 0, Math.min(continued, splines));
    }
    if (above) {
      int from = Math.max(0, splines - continued);
      System.arraycopy(high, from, values, from, splines - from);
    }
    return values;
  }

  private static double within(BasisSpline spline, double x) {
    double least = spline.least(spline.degree());
    double period = spline.most(spline.degree()) - least;
    double rest = (x - least) % period;
    return least + (rest < 0 ? rest + period : rest);
  }

  private static double[] line(BasisSpline spline, double end, double x) {
    double[] values = spline.at(end);
    double[] slopes = spline.slopes(end);
    for (int s = 0; s < values.length; s++) {
      values[s] += (x - end) * slopes[s];
    }
    return values;
  }
}
