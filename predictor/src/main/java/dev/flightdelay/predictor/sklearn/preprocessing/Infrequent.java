package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.List;

/** The groups of infrequent categories: {@code _default_to_infrequent_mappings}. */
final class Infrequent {

  private Infrequent() {}

  /**
   * For each column the code of each category, the infrequent ones sharing the last code; null for
   * a column without infrequent categories.
   *
   * @param missingApart whether a missing value, the last category, has no code: what it becomes is
   *     said elsewhere
   */
  static int[][] read(Attributes attributes, Categories[] categories, boolean missingApart) {
    int[][] codes = new int[categories.length][];
    if (!attributes.flag("_infrequent_enabled", false)) {
      return codes;
    }
    List<Object> mappings = attributes.list("_default_to_infrequent_mappings");
    if (mappings.size() != categories.length) {
      throw invalid(attributes);
    }
    for (int j = 0; j < codes.length; j++) {
      if (mappings.get(j) == null) {
        continue;
      }
      if (!(mappings.get(j) instanceof NdArray array) || !array.isBuilt()) {
        throw invalid(attributes);
      }
      Object[] mapping = attributes.orInvalid("_default_to_infrequent_mappings", array::values);
      int size = categories[j].size();
      boolean apart = missingApart && categories[j].missing() == size - 1;
      if (mapping.length != (apart ? size - 1 : size)) {
        throw invalid(attributes);
      }
      codes[j] = new int[size];
      for (int c = 0; c < mapping.length; c++) {
        if (!(NumpyScalar.unwrap(mapping[c]) instanceof Long code)
            || code < 0
            || code >= mapping.length) {
          throw invalid(attributes);
        }
        codes[j][c] = (int) (long) code;
      }
    }
    return codes;
  }

  private static RuntimeException invalid(Attributes attributes) {
    return attributes.invalid(
        Reason.MODEL_INVALID, "_default_to_infrequent_mappings is not one code for each category");
  }

  /** The code of a column's infrequent categories: its last. */
  static int last(int[] codes) {
    int last = 0;
    for (int code : codes) {
      last = Math.max(last, code);
    }
    return last;
  }
}
