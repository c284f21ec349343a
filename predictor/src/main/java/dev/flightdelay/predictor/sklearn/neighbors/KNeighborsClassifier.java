package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** KNeighborsClassifier: the neighbours' votes, for one or several outputs. */
final class KNeighborsClassifier implements Model {

  private final Signature signature;
  private final FittedRows fitted;
  // (rows * outputs): the class of each fitted row.
  private final int[] classes;

  private KNeighborsClassifier(Signature signature, FittedRows fitted, int[] classes) {
    this.signature = signature;
    this.fitted = fitted;
    this.classes = classes;
  }

  static Model read(Attributes attributes) {
    List<Labels> labels = ClassLabels.ofOutputs(attributes);
    FittedRows fitted = FittedRows.read(attributes);
    NdArray array = attributes.array("_y");
    double[] numbers = attributes.reals("_y");
    int outputs = labels.size();
    if (numbers.length != (long) fitted.rows() * outputs || array.dimensions() > 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "_y has %d classes for %d rows".formatted(numbers.length, fitted.rows()));
    }
    int[] classes = new int[numbers.length];
    for (int i = 0; i < classes.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= labels.get(i % outputs).size()) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "_y holds %s, which is no class".formatted(numbers[i]));
      }
      classes[i] = (int) numbers[i];
    }
    return new KNeighborsClassifier(
        FittedSignature.of(attributes, fitted.features())
            .classes(labels)
            .hasProbabilities(true)
            .build(),
        fitted,
        classes);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, fitted.operations(signature.outputs())));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    int width = signature.probabilityWidth();
    int[] counts = new int[outputs];
    for (int output = 0; output < outputs; output++) {
      counts[output] = signature.classes().get(output).size();
    }
    double[] votes = new double[width];
    Nearest nearest = fitted.nearest();
    double[] weights = new double[nearest.count()];
    double[] scratch = new double[fitted.search().scratch()];
    for (int row = from; row < to; row++) {
      fitted.search().find(rows.values(), row * rows.width(), nearest, scratch);
      fitted.weigh(nearest, weights);
      Arrays.fill(votes, 0);
      int offset = 0;
      for (int output = 0; output < outputs; output++) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
          votes[offset + classes[nearest.row(i) * outputs + output]] += weights[i];
          sum += weights[i];
        }
        scores.labels()[row * outputs + output] = LargestScore.of(votes, offset, counts[output]);
        for (int k = 0; k < counts[output] && scores.probabilities() != null; k++) {
          scores.probabilities()[row * width + offset + k] = votes[offset + k] / sum;
        }
        offset += counts[output];
      }
    }
  }
}
