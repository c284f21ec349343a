package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.Optional;

/** OrdinalEncoder: a category's position. */
record OrdinalEncoder(
    Features features,
    Categories[] categories,
    double[][] codes,
    boolean refusesUnknown,
    double[] unknown,
    boolean acceptsMissing,
    boolean givesMissing)
    implements Transformer {

  /** Reads categories, and what unknown, infrequent and missing ones become. */
  static Transformer read(Attributes attributes) {
    Categories[] categories = Categories.read(attributes);
    int[][] infrequent = Infrequent.read(attributes, categories, true);
    boolean refusesUnknown =
        !attributes.text("handle_unknown").orElse("error").equals("use_encoded_value");
    double unknownValue = refusesUnknown ? 0 : number(attributes, "unknown_value", 0);
    double missingValue = number(attributes, "encoded_missing_value", Double.NaN);
    double[][] codes = new double[categories.length][];
    double[] unknown = new double[categories.length];
    boolean missingIsCategory = false;
    boolean gives = !refusesUnknown && Double.isNaN(unknownValue);
    for (int j = 0; j < categories.length; j++) {
      codes[j] = new double[categories[j].size()];
      for (int c = 0; c < codes[j].length; c++) {
        codes[j][c] = infrequent[j] == null ? c : infrequent[j][c];
      }
      int missing = categories[j].missing();
      if (missing >= 0) {
        codes[j][missing] = missingValue;
        missingIsCategory = true;
        gives |= Double.isNaN(missingValue);
      }
      unknown[j] = unknownValue;
    }
    return new OrdinalEncoder(
        Categories.features(attributes, categories, refusesUnknown),
        categories,
        codes,
        refusesUnknown,
        unknown,
        missingIsCategory || !refusesUnknown,
        gives);
  }

  private static double number(Attributes attributes, String name, double absent) {
    return switch (NumpyScalar.unwrap(attributes.value(name).orElse(null))) {
      case null -> absent;
      case Number number -> number.doubleValue();
      default -> throw attributes.invalid(Reason.STATE_INVALID, name + " is no number");
    };
  }

  @Override
  public int width() {
    return categories.length;
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(features.count(), 1);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = categories.length;
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < width; j++) {
        int category = categories[j].indexOf(rows, row, j);
        if (category < 0 && refusesUnknown) {
          throw Categories.unknown(rows, row, j);
        }
        out[row * width + j] = category < 0 ? unknown[j] : codes[j][category];
      }
    }
    return new Rows(out, rows.count(), width);
  }
}
