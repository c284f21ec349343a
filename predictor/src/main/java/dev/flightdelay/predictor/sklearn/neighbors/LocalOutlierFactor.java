package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.List;

/**
 * LocalOutlierFactor with {@code novelty=True}: how much less dense it is around a row than around
 * its neighbours, and -1 where that is less than {@code offset_}, else 1 ({@code score_samples} in
 * scikit-learn's {@code neighbors/_lof.py}).
 */
final class LocalOutlierFactor implements Model {

  private static final double ABOVE_ZERO = 1e-10;

  private final Signature signature;
  private final FittedRows fitted;
  // Of each fitted row: how dense it is there, and how far its last neighbour is.
  private final double[] densities;
  private final double[] reaches;
  private final double offset;

  private LocalOutlierFactor(
      Signature signature, FittedRows fitted, double[] densities, double[] reaches, double offset) {
    this.signature = signature;
    this.fitted = fitted;
    this.densities = densities;
    this.reaches = reaches;
    this.offset = offset;
  }

  static Model read(Attributes attributes) {
    if (!attributes.flag("novelty", false)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it answers for the rows it was fitted with alone; fit it with novelty=True");
    }
    FittedRows fitted = FittedRows.read(attributes, "n_neighbors_");
    int rows = fitted.rows();
    double[] densities = attributes.reals("_lrd");
    Matrix distances = Matrix.read(attributes, "_distances_fit_X_");
    int neighbors = fitted.nearest().count();
    if (densities.length != rows || distances.rows() != rows || distances.columns() < neighbors) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "_lrd or _distances_fit_X_ is not for %d rows".formatted(rows));
    }
    double[] reaches = new double[rows];
    for (int i = 0; i < rows; i++) {
      reaches[i] = distances.values()[i * distances.columns() + neighbors - 1];
    }
    double[] offset = attributes.reals("offset_");
    if (offset.length != 1) {
      throw attributes.invalid(Reason.STATE_INVALID, "offset_ is not one number");
    }
    Signature signature =
        FittedSignature.of(attributes, fitted.features())
            .classes(new Labels(Labels.Kind.INTEGER, List.of(-1L, 1L)))
            .decisionWidth(1)
            .build();
    return new LocalOutlierFactor(signature, fitted, densities, reaches, offset[0]);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    Nearest nearest = fitted.nearest();
    int neighbors = nearest.count();
    double[] scratch = new double[fitted.search().scratch()];
    for (int row = from; row < to; row++) {
      fitted.search().find(rows.values(), row * rows.width(), nearest, scratch);
      double reach = 0;
      for (int i = 0; i < neighbors; i++) {
        reach += Math.max(fitted.distance(nearest.distance(i)), reaches[nearest.row(i)]);
      }
      double density = 1.0 / (reach / neighbors + ABOVE_ZERO);
      double ratios = 0;
      for (int i = 0; i < neighbors; i++) {
        ratios += densities[nearest.row(i)] / density;
      }
      double decision = -(ratios / neighbors) - offset;
      scores.labels()[row] = decision < 0 ? 0 : 1;
      if (scores.decisions() != null) {
        scores.decisions()[row] = decision;
      }
    }
  }
}
