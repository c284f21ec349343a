package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Optional;

/** SVR and NuSVR: the sum itself. */
record SVR(Signature signature, KernelSum sum) implements SparseModel {

  static Model read(Attributes attributes) {
    KernelSum sum = KernelSum.read(attributes);
    return new SVR(
        FittedSignature.of(attributes, FeatureNames.read(attributes, sum.features())).build(), sum);
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, sum.operations()));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] kernels = sum.scratch();
    for (int row = from; row < to; row++) {
      scores.values()[row] = sum.of(rows, row, kernels);
    }
  }

  @Override
  public void score(SparseRows rows, Scores scores) {
    double[] kernels = sum.scratch();
    for (int row = 0; row < rows.count(); row++) {
      scores.values()[row] = sum.of(rows, row, kernels);
    }
  }
}
