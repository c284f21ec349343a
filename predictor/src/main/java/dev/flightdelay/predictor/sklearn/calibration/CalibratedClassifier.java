package dev.flightdelay.predictor.sklearn.calibration;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A classifier and the calibrators of its scores: {@code _CalibratedClassifier} in scikit-learn's
 * {@code calibration.py}. The scores are decisions where the classifier has them, else
 * probabilities.
 */
final class CalibratedClassifier {

  private static final double JUST_ABOVE_ONE = 1.0 + 1e-5;
  private static final double MIN_PROBABILITY = 1e-12;

  private final Model model;
  private final int classes;
  // For each calibrator the class it is for.
  private final int[] positions;
  private final Calibrator[] calibrators;
  private final boolean scalesTemperature;
  private final double inverseTemperature;

  private CalibratedClassifier(
      Model model,
      int classes,
      int[] positions,
      Calibrator[] calibrators,
      boolean scalesTemperature,
      double inverseTemperature) {
    this.model = model;
    this.classes = classes;
    this.positions = positions;
    this.calibrators = calibrators;
    this.scalesTemperature = scalesTemperature;
    this.inverseTemperature = inverseTemperature;
  }

  static CalibratedClassifier read(Attributes attributes, Labels labels) {
    // base_estimator before scikit-learn 1.2, and calibrators_ before 0.24.
    Model model = attributes.model(attributes.has("estimator") ? "estimator" : "base_estimator");
    Labels own =
        model
            .signature()
            .labels()
            .orElseThrow(
                () -> attributes.invalid(Reason.MODEL_INVALID, "it calibrates no classifier"));
    if (model.signature().outputs() != 1
        || model.signature().decisionWidth() == 0 && !model.signature().hasProbabilities()) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "the classifier has neither decisions nor probabilities");
    }
    List<Object> items =
        attributes.list(attributes.has("calibrators") ? "calibrators" : "calibrators_");
    boolean temperature = attributes.text("method").orElse("sigmoid").equals("temperature");
    int classes = labels.size();
    int width = width(model, own);
    if (temperature) {
      if (items.size() != 1 || own.size() != classes || (width != 1 && width != classes)) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "one temperature is for all classes of its classifier");
      }
      Attributes scaling = attributes.object(items.getFirst(), "calibrators");
      double beta = Calibrator.one(scaling, "beta_");
      return new CalibratedClassifier(model, classes, new int[0], new Calibrator[0], true, beta);
    }
    if (items.size() != width || classes == 2 && width != 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d calibrators for %d scores".formatted(items.size(), width));
    }
    Map<Object, Integer> known = labels.positions();
    int[] positions = new int[width];
    Calibrator[] calibrators = new Calibrator[width];
    for (int i = 0; i < width; i++) {
      int position = known.getOrDefault(own.value(i), -1);
      if (position < 0 || classes != 2 && width == 1) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "its classifier has a class that is not in classes_");
      }
      positions[i] = classes == 2 ? 1 : position;
      calibrators[i] = Calibrator.read(attributes, items.get(i));
    }
    return new CalibratedClassifier(model, classes, positions, calibrators, false, 0);
  }

  /** The scores of a row: one where there are two classes. */
  private static int width(Model model, Labels own) {
    return model.signature().decisionWidth() > 0
        ? model.signature().decisionWidth()
        : own.size() == 2 ? 1 : own.size();
  }

  Model model() {
    return model;
  }

  /** Adds its probabilities of the rows to {@code sums}, ((to - from) * classes). */
  void add(Rows rows, int from, int to, double[] sums) {
    boolean decides = model.signature().decisionWidth() > 0;
    Scores scores = InnerModels.score(model, rows, from, to, !decides, decides);
    double[] given = decides ? scores.decisions() : scores.probabilities();
    int stride = given.length / Math.max(1, to - from);
    double[] row = new double[classes];
    for (int i = 0; i < to - from; i++) {
      if (scalesTemperature) {
        scale(given, i * stride, stride, decides, row);
      } else {
        calibrate(given, i * stride, stride, row);
      }
      for (int k = 0; k < classes; k++) {
        double p = row[k];
        sums[i * classes + k] += p > 1.0 && p <= JUST_ABOVE_ONE ? 1.0 : p;
      }
    }
  }

  private void calibrate(double[] given, int at, int stride, double[] row) {
    if (classes == 2) {
      // Of two probabilities the second counts.
      row[1] = calibrators[0].probability(given[at + stride - 1]);
      row[0] = 1 - row[1];
      return;
    }
    Arrays.fill(row, 0);
    double sum = 0;
    for (int i = 0; i < positions.length; i++) {
      row[positions[i]] = calibrators[i].probability(given[at + i]);
    }
    for (double p : row) {
      sum += p;
    }
    for (int k = 0; k < classes; k++) {
      row[k] = sum == 0 ? 1.0 / classes : row[k] / sum;
    }
  }

  private void scale(double[] given, int at, int stride, boolean decides, double[] row) {
    if (stride == 1) {
      row[0] = -given[at];
      row[1] = given[at];
    } else {
      for (int k = 0; k < classes; k++) {
        row[k] = decides ? given[at + k] : Math.log(given[at + k] + MIN_PROBABILITY);
      }
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      row[k] *= inverseTemperature;
      largest = Math.max(largest, row[k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      row[k] = Math.exp(row[k] - largest);
      sum += row[k];
    }
    for (int k = 0; k < classes; k++) {
      row[k] /= sum;
    }
  }
}
