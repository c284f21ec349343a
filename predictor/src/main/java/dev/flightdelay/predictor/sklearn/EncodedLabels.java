package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.List;

/**
 * The labels of classifiers inside another one, which were fitted with the positions of classes
 * instead of the classes: {@code LabelEncoder.transform(y)}.
 */
public final class EncodedLabels {

  private EncodedLabels() {}

  /** For each model, which class of the outer estimator each of its labels is. */
  public static int[][] read(Attributes attributes, List<Model> models, int classes) {
    int[][] positions = new int[models.size()][];
    for (int m = 0; m < positions.length; m++) {
      positions[m] = read(attributes, models.get(m), classes);
    }
    return positions;
  }

  /** Which class of the outer estimator each label of that model is. */
  public static int[] read(Attributes attributes, Model model, int classes) {
    Labels labels =
        model
            .signature()
            .labels()
            .filter(any -> model.signature().outputs() == 1)
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.UNSUPPORTED,
                        "its %s is no classifier of one output"
                            .formatted(model.signature().estimator())));
    int[] positions = new int[labels.size()];
    for (int k = 0; k < positions.length; k++) {
      if (!(labels.value(k) instanceof Number number)
          || number.doubleValue() != number.intValue()
          || number.intValue() < 0
          || number.intValue() >= classes) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "its %s was not fitted with the positions of classes"
                .formatted(model.signature().estimator()));
      }
      positions[k] = number.intValue();
    }
    return positions;
  }
}
