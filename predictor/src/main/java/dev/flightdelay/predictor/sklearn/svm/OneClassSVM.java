package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.List;
import java.util.Optional;

/** OneClassSVM: 1 for rows like those that it was fitted with, whose sum is above 0; else -1. */
record OneClassSVM(Signature signature, KernelSum sum) implements SparseModel {

  static Model read(Attributes attributes) {
    KernelSum sum = KernelSum.read(attributes);
    return new OneClassSVM(
        FittedSignature.of(attributes, FeatureNames.read(attributes, sum.features()))
            .classes(new Labels(Labels.Kind.INTEGER, List.of(-1L, 1L)))
            .decisionWidth(1)
            .build(),
        sum);
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, sum.operations()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] kernels = sum.scratch();
    for (int row = from; row < to; row++) {
      write(sum.of(rows, row, kernels), row, scores);
    }
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    double[] kernels = sum.scratch();
    for (int row = 0; row < rows.count(); row++) {
      write(sum.of(rows, row, kernels), row, scores);
    }
  }

  private static void write(double decision, int row, Scores scores) {
    scores.labels()[row] = decision > 0 ? 1 : 0;
    if (scores.decisions() != null) {
      scores.decisions()[row] = decision;
    }
  }
}
