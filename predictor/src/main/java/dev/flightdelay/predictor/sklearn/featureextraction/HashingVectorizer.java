package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Transformer;

/**
 * HashingVectorizer: a term's hash says in which column it counts, and whether up or down; {@code
 * transform} in scikit-learn's {@code feature_extraction/_hashing_fast.pyx}.
 */
record HashingVectorizer(int width, boolean alternateSign, boolean binary, TermWeights.Norm norm)
    implements TextVectorizer.Terms {

  private static final String SAMPLE = "a text";

  static Transformer read(Attributes attributes) {
    long width =
        attributes
            .integer("n_features")
            .orElseThrow(() -> attributes.invalid(Reason.STATE_INVALID, "n_features is missing"));
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features is " + width);
    }
    if (width > TextVectorizer.MAX_WIDTH) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "n_features is %d; up to %d columns are read".formatted(width, TextVectorizer.MAX_WIDTH));
    }
    if (attributes.flag("non_negative", false)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "non_negative, which scikit-learn 0.21 took away, is not read");
    }
    HashingVectorizer terms =
        new HashingVectorizer(
            (int) width,
            attributes.flag("alternate_sign", true),
            attributes.flag("binary", false),
            TermWeights.norm(attributes));
    return TextVectorizer.of((int) width, TextAnalyzer.read(attributes), terms, SAMPLE);
  }

  @Override
  public int place(String term) {
    int hash = MurmurHash3.of(term);
    // The absolute value of the smallest integer is none.
    int column =
        hash == Integer.MIN_VALUE
            ? (Integer.MAX_VALUE - (width - 1)) % width
            : Math.abs(hash) % width;
    return 2 * column + (alternateSign && hash < 0 ? 1 : 0);
  }

  @Override
  public SparseRows weighted(SparseRows counts) {
    double[] values =
        (binary ? TermWeights.binary(counts) : counts.withValues(counts.values().clone())).values();
    TermWeights.normalise(norm, counts.starts(), counts.count(), values);
    return counts.withValues(values);
  }
}
