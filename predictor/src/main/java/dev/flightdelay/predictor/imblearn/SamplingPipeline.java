package dev.flightdelay.predictor.imblearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * imbalanced-learn's Pipeline: scikit-learn's, in which some steps choose or make rows to fit with.
 * These are left out of every answer ({@code _iter} in {@code imblearn/pipeline.py}).
 */
final class SamplingPipeline {

  private SamplingPipeline() {}

  static Model read(Attributes attributes) {
    return Pipeline.read(attributes, stepsThatAnswer(attributes));
  }

  static Transformer readTransformer(Attributes attributes) {
    return Pipeline.readTransformer(attributes, stepsThatAnswer(attributes));
  }

  private static List<Object> stepsThatAnswer(Attributes attributes) {
    List<Object> pairs = attributes.list("steps");
    if (!pairs.isEmpty() && isSampler(pairs.getLast())) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it ends in the sampler %s, which answers nothing; put an estimator after it"
              .formatted(((PickleObject) ((Object[]) pairs.getLast())[1]).type().name()));
    }
    List<Object> others = new ArrayList<>();
    for (Object pair : pairs) {
      if (!isSampler(pair)) {
        others.add(pair);
      }
    }
    return others;
  }

  private static boolean isSampler(Object pair) {
    return pair instanceof Object[] items
        && items.length == 2
        && items[1] instanceof PickleObject step
        && Samplers.are(step.type());
  }
}
