package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/** The signature of a fitted estimator: what it takes and gives, and who wrote it. */
public final class FittedSignature {

  private FittedSignature() {}

  /** Of a classifier, with the classes of each output. */
  public static Signature classifier(
      Attributes attributes,
      Features features,
      List<Labels> classes,
      boolean hasProbabilities,
      int decisionWidth,
      boolean acceptsMissing) {
    return new Signature(
        attributes.estimator(),
        SklearnVersion.LIBRARY,
        SklearnVersion.of(attributes),
        features,
        classes,
        classes.size(),
        hasProbabilities,
        decisionWidth,
        acceptsMissing);
  }

  /** Of a regressor. */
  public static Signature regressor(
      Attributes attributes, Features features, int outputs, boolean acceptsMissing) {
    return new Signature(
        attributes.estimator(),
        SklearnVersion.LIBRARY,
        SklearnVersion.of(attributes),
        features,
        List.of(),
        outputs,
        false,
        0,
        acceptsMissing);
  }
}
