package dev.flightdelay.predictor.sklearn.target;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.estimator.Family;
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

  private static final String WHY = "how the target was transformed";

  public static final Family FAMILY = family();

  private final Signature signature;
  private final Model regressor;
  private final InverseTarget inverse;

  private TransformedTargetRegressor(Signature signature, Model regressor, InverseTarget inverse) {
    this.signature = signature;
    this.regressor = regressor;
    this.inverse = inverse;
  }

  private static Family family() {
    String data = "sklearn.preprocessing._data";
    String oldData = "sklearn.preprocessing.data";
    Family.Builder family =
        Family.builder()
            .model(
                TransformedTargetRegressor::read,
                "TransformedTargetRegressor",
                "sklearn.compose._target")
            .part(WHY, "FunctionTransformer", "sklearn.preprocessing._function_transformer")
            .part(WHY, "StandardScaler", data, oldData)
            .part(WHY, "RobustScaler", data, oldData)
            .part(WHY, "MaxAbsScaler", data, oldData)
            .part(WHY, "MinMaxScaler", data, oldData);
    String[] functions = InverseTarget.FUNCTIONS.keySet().stream().sorted().toArray(String[]::new);
    for (String module : InverseTarget.MODULES) {
      family.value(WHY, module, functions);
    }
    return family.since("0.20", "TransformedTargetRegressor").build();
  }

  static Model read(Attributes attributes) {
    Model regressor = attributes.model("regressor_");
    if (regressor.signature().labels().isPresent()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "regressor_ is a classifier");
    }
    int outputs = regressor.signature().outputs();
    List<Model> models = List.of(regressor);
    return new TransformedTargetRegressor(
        FittedSignature.regressor(
            attributes,
            InnerModels.features(attributes, models),
            outputs,
            InnerModels.acceptMissing(models)),
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
