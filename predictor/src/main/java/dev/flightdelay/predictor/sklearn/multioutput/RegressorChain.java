package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;

/** RegressorChain: each output's regressor also takes the predictions of those before it. */
record RegressorChain(Signature signature, Chain chain) implements Model {

  static Model read(Attributes attributes) {
    Chain chain = Chain.read(attributes);
    if (chain.models().stream().anyMatch(model -> model.signature().labels().isPresent())) {
      throw attributes.invalid(Reason.MODEL_INVALID, "one of its estimators is a classifier");
    }
    return new RegressorChain(
        FittedSignature.of(attributes, chain.features())
            .outputs(chain.models().size())
            .acceptsMissing(InnerModels.acceptMissing(chain.models()))
            .build(),
        chain);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = chain.models().size();
    Rows part = InnerModels.part(rows, from, to);
    for (int m = 0; m < outputs; m++) {
      double[] predictions = chain.models().get(m).score(part, false, false).values();
      for (int i = 0; i < to - from; i++) {
        scores.values()[(from + i) * outputs + chain.order()[m]] = predictions[i];
      }
      if (m < outputs - 1) {
        part = Chain.withColumn(part, predictions);
      }
    }
  }
}
