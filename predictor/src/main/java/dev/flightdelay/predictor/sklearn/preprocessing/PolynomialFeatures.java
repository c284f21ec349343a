package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** PolynomialFeatures: the products of up to so many columns, in the order of itertools. */
final class PolynomialFeatures {

  private static final int MAX_TERMS = 1_000_000;

  /** What Java needs for an array of no numbers, and references to it in two lists. */
  private static final int TERM_BYTES = 32;

  private static final int MAX_DEGREE = 64;

  private PolynomialFeatures() {}

  /**
   * Reads degree (one, or least and most), interaction_only and include_bias; from 1.0 on the
   * degrees as they were while fitting.
   */
  static Transformer read(Attributes attributes) {
    int width = Width.read(attributes, "n_input_features_");
    int least = 0;
    Object degree = NumpyScalar.unwrap(attributes.value("degree").orElse(null));
    if (attributes.has("_max_degree")) {
      least = degree(attributes, NumpyScalar.unwrap(attributes.value("_min_degree").orElse(0L)));
      degree = NumpyScalar.unwrap(attributes.value("_max_degree").orElseThrow());
    } else if (degree instanceof Object[] pair && pair.length == 2) {
      least = degree(attributes, pair[0]);
      degree = pair[1];
    }
    List<int[]> terms =
        terms(
            attributes,
            width,
            Math.max(1, least),
            degree(attributes, degree),
            attributes.flag("interaction_only", false),
            attributes.flag("include_bias", true));
    int[][] products = terms.toArray(int[][]::new);
    attributes
        .integer("n_output_features_")
        .filter(count -> count != products.length)
        .ifPresent(
            count -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "n_output_features_ is %d, and there are %d products"
                      .formatted(count, products.length));
            });
    return new RowTransformer(
        FeatureNames.read(attributes, width),
        products.length,
        false,
        (in, from, out, to) -> {
          for (int i = 0; i < products.length; i++) {
            int[] columns = products[i];
            double product = 1;
            // The library multiplies what it has of the later columns by the earlier one.
            for (int k = columns.length - 1; k >= 0; k--) {
              product *= in[from + columns[k]];
            }
            out[to + i] = product;
          }
        },
        Optional.of(Arrays.stream(products).mapToLong(columns -> columns.length).sum()));
  }

  private static int degree(Attributes attributes, Object value) {
    if (NumpyScalar.unwrap(value) instanceof Number number
        && number.longValue() >= 0
        && number.longValue() <= MAX_DEGREE) {
      return (int) number.longValue();
    }
    throw attributes.invalid(Reason.MODEL_INVALID, "degree is no number from 0 to " + MAX_DEGREE);
  }

  private static List<int[]> terms(
      Attributes attributes, int width, int least, int most, boolean distinct, boolean bias) {
    List<int[]> terms = new ArrayList<>();
    if (bias) {
      terms.add(new int[0]);
    }
    long items = 0;
    for (int degree = least; degree <= most && !(distinct && degree > width); degree++) {
      int[] columns = new int[degree];
      for (int k = 0; k < degree; k++) {
        columns[k] = distinct ? k : 0;
      }
      do {
        ReadingBudget.take(TERM_BYTES + (long) Integer.BYTES * degree);
        terms.add(columns.clone());
        items += degree;
        if (items > MAX_TERMS) {
          throw attributes.invalid(
              Reason.BUDGET_EXCEEDED, "it makes more than a million factors of its columns");
        }
      } while (next(columns, width, distinct));
    }
    if (terms.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it gives no columns");
    }
    return terms;
  }

  /** The next combination in lexicographic order; false after the last. */
  private static boolean next(int[] columns, int width, boolean distinct) {
    int degree = columns.length;
    for (int k = degree - 1; k >= 0; k--) {
      int largest = distinct ? width - degree + k : width - 1;
      if (columns[k] < largest) {
        columns[k]++;
        for (int after = k + 1; after < degree; after++) {
          columns[after] = distinct ? columns[after - 1] + 1 : columns[k];
        }
        return true;
      }
    }
    return false;
  }
}
