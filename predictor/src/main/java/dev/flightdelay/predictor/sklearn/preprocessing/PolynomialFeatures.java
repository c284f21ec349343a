package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * PolynomialFeatures: the products of up to so many columns, in the order of itertools. Of a sparse
 * matrix the products of stored cells are stored.
 *
 * @param products for each column that it gives the columns whose product it is
 * @param storesZeros whether a product of 0 is stored too: the library has a way for up to three
 *     factors that does, and one for more that does not
 */
record PolynomialFeatures(Features features, int[][] products, boolean storesZeros)
    implements Transformer {

  private static final int MAX_TERMS = 1_000_000;

  /** What Java needs for an array of no numbers, and references to it in two lists. */
  private static final int TERM_BYTES = 32;

  private static final int MAX_DEGREE = 64;

  private static final int MAX_STORED = 3;

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
    int most = degree(attributes, degree);
    List<int[]> terms =
        terms(
            attributes,
            width,
            Math.max(1, least),
            most,
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
    return new PolynomialFeatures(
        FeatureNames.read(attributes, width),
        products,
        most <= MAX_STORED && !SklearnVersion.isBefore(attributes, 0, 21));
  }

  @Override
  public int width() {
    return products.length;
  }

  @Override
  public boolean acceptsMissing() {
    return false;
  }

  @Override
  public Optional<RowCost> ownCost() {
    long factors = Arrays.stream(products).mapToLong(columns -> columns.length).sum();
    return Optional.of(cost(factors));
  }

  @Override
  public Rows transform(Rows rows) {
    int width = products.length;
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 0; i < width; i++) {
        out[row * width + i] = product(products[i], rows.values(), row * rows.width());
      }
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows -> transform(rows);
      case SparseRows rows -> ofStored(rows);
    };
  }

  private SparseRows ofStored(SparseRows rows) {
    SparseRows.Builder out = new SparseRows.Builder(rows.count(), products.length);
    double[] cells = new double[rows.width()];
    boolean[] stored = new boolean[rows.width()];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        cells[rows.columns()[i]] = rows.values()[i];
        stored[rows.columns()[i]] = true;
      }
      for (int i = 0; i < products.length; i++) {
        if (areStored(products[i], stored)) {
          double product = product(products[i], cells, 0);
          if (product != 0 || storesZeros || products[i].length < 2) {
            out.add(i, product);
          }
        }
      }
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        stored[rows.columns()[i]] = false;
      }
      out.endRow();
    }
    return out.rows();
  }

  private static boolean areStored(int[] columns, boolean[] stored) {
    for (int column : columns) {
      if (!stored[column]) {
        return false;
      }
    }
    return true;
  }

  private static double product(int[] columns, double[] in, int from) {
    double product = 1;
    // The library multiplies what it has of the later columns by the earlier one.
    for (int k = columns.length - 1; k >= 0; k--) {
      product *= in[from + columns[k]];
    }
    return product;
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
