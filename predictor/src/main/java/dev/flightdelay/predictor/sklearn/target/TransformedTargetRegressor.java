package dev.flightdelay.predictor.sklearn.target;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.List;

/** TransformedTargetRegressor: a regressor whose answers are transformed back. */
public final class TransformedTargetRegressor implements Model {

  private final Signature signature;
  private final Model regressor;
  private final InverseTarget inverse;

  private TransformedTargetRegressor(Signature signature, Model regressor, InverseTarget inverse) {
    this.signature = signature;
    this.regressor = regressor;
    this.inverse = inverse;
  }

  static Model read(Attributes attributes) {
    Model regressor = attributes.model("regressor_");
    if (regressor.signature().labels().isPresent()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "regressor_ is a classifier");
    }
    int outputs = regressor.signature().outputs();
    List<Model> models = List.of(regressor);
    return new TransformedTargetRegressor(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .outputs(outputs)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        regressor,
        InverseTarget.read(attributes.object("transformer_"), outputs));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    double[] values = InnerModels.score(regressor, rows, from, to, false, false).values();
    for (int i = 0; i < values.length; i++) {
      scores.values()[from * outputs + i] = inverse.apply(values[i], i % outputs);
    }
  }
}
