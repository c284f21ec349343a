package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * RadiusNeighborsClassifier: the votes of the neighbours within a radius, for one or several
 * outputs; an outlier, which has none, is of {@code outlier_label_}, or no row that it takes.
 *
 * @param classes (rows * outputs): the class of each fitted row
 */
record RadiusNeighborsClassifier(
    Signature signature, WithinRadius fitted, int[] classes, OutlierLabels outliers)
    implements Model {

  static Model read(Attributes attributes) {
    List<Labels> labels = ClassLabels.ofOutputs(attributes);
    WithinRadius fitted = WithinRadius.read(attributes);
    int outputs = labels.size();
    double[] numbers = attributes.reals("_y");
    if (numbers.length != (long) fitted.rows() * outputs) {
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
    OutlierLabels outliers = OutlierLabels.read(attributes, labels, fitted.weighsByDistance());
    return new RadiusNeighborsClassifier(
        FittedSignature.of(attributes, fitted.features())
            .classes(outliers.labels())
            .hasProbabilities(outliers.areClasses())
            .build(),
        fitted,
        classes,
        outliers);
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, fitted.operations(signature.outputs())));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    int width = signature.probabilityWidth();
    double[] weights = new double[fitted.rows()];
    for (int row = from; row < to; row++) {
      boolean outlier = fitted.weigh(rows, row, weights) == 0;
      if (outlier && !outliers.known()) {
        throw new UnusableRowsException(
            "row %d has no neighbours within the radius, and the model has no outlier_label"
                .formatted(row));
      }
      int offset = 0;
      for (int output = 0; output < outputs; output++) {
        int count = signature.classes().get(output).size();
        double[] votes = outlier ? outliers.votes(output) : votes(weights, output, count);
        scores.labels()[row * outputs + output] =
            outlier ? outliers.label(output) : LargestScore.of(votes, 0, count);
        double sum = Math.max(Arrays.stream(votes).sum(), Double.MIN_NORMAL);
        for (int k = 0; k < count && scores.probabilities() != null; k++) {
          scores.probabilities()[row * width + offset + k] = votes[k] / sum;
        }
        offset += count;
      }
    }
  }

  private double[] votes(double[] weights, int output, int count) {
    double[] votes = new double[count];
    for (int i = 0; i < weights.length; i++) {
      votes[classes[i * signature.outputs() + output]] += weights[i];
    }
    return votes;
  }
}
