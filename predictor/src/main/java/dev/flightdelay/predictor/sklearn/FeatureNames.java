package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.ArrayList;
import java.util.List;

/** The features that scikit-learn kept: {@code n_features_in_} and {@code feature_names_in_}. */
public final class FeatureNames {

  private FeatureNames() {}

  /**
   * The features of an estimator whose weights are for {@code width} of them.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the two disagree
   */
  public static Features read(Attributes attributes, int width) {
    attributes
        .integer("n_features_in_")
        .filter(count -> count != width)
        .ifPresent(
            count -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "n_features_in_ is %d, and the weights are for %d features"
                      .formatted(count, width));
            });
    if (!attributes.has("feature_names_in_")) {
      return Features.unnamed(width);
    }
    NdArray array = attributes.array("feature_names_in_");
    List<String> names = new ArrayList<>();
    for (Object name : attributes.orInvalid("feature_names_in_", array::values)) {
      if (!(name instanceof String text)) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "feature_names_in_ holds something that is not a text");
      }
      names.add(text);
    }
    if (names.size() != width) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "feature_names_in_ has %d names, and the weights are for %d features"
              .formatted(names.size(), width));
    }
    return attributes.orInvalid("feature_names_in_", () -> Features.named(names));
  }
}
