package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import java.util.Optional;

/**
 * RidgeClassifier and RidgeClassifierCV: decisions without probabilities; the classes are those of
 * the LabelBinarizer that it fitted its targets with.
 */
public final class RidgeClassifier {

  private RidgeClassifier() {}

  public static Model read(Attributes attributes) {
    Attributes targets = attributes.object("_label_binarizer");
    if (targets.text("y_type_").orElse("").startsWith("multilabel")) {
      throw attributes.invalid(Reason.UNSUPPORTED, "it was fitted with several labels a row");
    }
    return LinearClassifier.read(attributes, ClassLabels.read(targets), Optional.empty());
  }
}
