package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.frozen.FrozenEstimator;
import java.util.stream.IntStream;

/** The selectors whose choice the file holds: each keeps some columns, in their order. */
final class Selectors {

  private Selectors() {}

  /** Columns whose {@code variances_} are above the threshold. */
  static Transformer variance(Attributes attributes) {
    double[] variances = attributes.reals("variances_");
    double[] threshold = attributes.reals("threshold");
    boolean[] kept = new boolean[variances.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = variances[j] > threshold[0];
    }
    return selecting(attributes, kept, true);
  }

  /** The mask {@code support_}. */
  static Transformer support(Attributes attributes) {
    double[] mask = attributes.reals("support_");
    boolean[] kept = new boolean[mask.length];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = mask[j] != 0;
    }
    Attributes estimator = FrozenEstimator.thawed(attributes.object("estimator"));
    return selecting(attributes, kept, AllowedMissing.by(estimator));
  }

  /** A transformer that keeps those columns. */
  static Transformer selecting(Attributes attributes, boolean[] kept, boolean acceptsMissing) {
    int[] columns = IntStream.range(0, kept.length).filter(j -> kept[j]).toArray();
    if (columns.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it keeps no column");
    }
    return new ColumnSelection(FeatureNames.read(attributes, kept.length), columns, acceptsMissing);
  }
}
