package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;

/** TfidfTransformer: counts of terms become their weights. */
record TfidfTransformer(Features features, TermWeights weights) implements Transformer {

  static Transformer read(Attributes attributes) {
    TermWeights weights = TermWeights.read(attributes);
    int width =
        weights.idf() != null
            ? weights.idf().length
            : Math.toIntExact(
                attributes
                    .integer("n_features_in_")
                    .filter(count -> count >= 1 && count <= TextVectorizer.MAX_WIDTH)
                    .orElseThrow(
                        () ->
                            attributes.invalid(
                                Reason.UNSUPPORTED,
                                "it does not say how many columns it takes (n_features_in_)")));
    if (width < 1 || width > TextVectorizer.MAX_WIDTH) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it takes %d columns".formatted(width));
    }
    return new TfidfTransformer(FeatureNames.read(attributes, width), weights);
  }

  @Override
  public int width() {
    return features.count();
  }

  @Override
  public boolean acceptsMissing() {
    return false;
  }

  @Override
  public Rows transform(Rows rows) {
    return apply(rows).dense();
  }

  @Override
  public Table apply(Table table) {
    return weights.apply(
        switch (table) {
          case Rows rows -> SparseRows.of(rows);
          case SparseRows rows -> rows;
        });
  }
}
