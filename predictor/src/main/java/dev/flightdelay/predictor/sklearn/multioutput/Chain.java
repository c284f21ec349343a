package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.List;

/**
 * Estimators of one output each, of which every one also takes what those before it gave.
 *
 * @param order for each estimator the output that it is for
 */
record Chain(List<Model> models, int[] order, Features features) {

  /** Reads {@code estimators_} and {@code order_}. */
  static Chain read(Attributes attributes) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    int width = models.getFirst().signature().features().count();
    for (int m = 0; m < models.size(); m++) {
      Signature inner = models.get(m).signature();
      if (inner.outputs() != 1 || inner.features().count() != width + m) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s is no estimator of one output that takes %d features"
                .formatted(inner.estimator(), width + m));
      }
    }
    Features features =
        attributes.has("feature_names_in_")
            ? InnerModels.described(
                FeatureNames.read(attributes, width), List.of(models.getFirst()))
            : models.getFirst().signature().features();
    return new Chain(models, order(attributes, models.size()), features);
  }

  private static int[] order(Attributes attributes, int outputs) {
    Object[] items =
        attributes.value("order_").orElse(null) instanceof NdArray array && array.isBuilt()
            ? attributes.orInvalid("order_", array::values)
            : attributes.list("order_").toArray();
    int[] order = new int[outputs];
    boolean[] seen = new boolean[outputs];
    for (int i = 0; i < outputs; i++) {
      if (items.length != outputs
          || !(NumpyScalar.unwrap(items[i]) instanceof Number number)
          || number.intValue() < 0
          || number.intValue() >= outputs
          || seen[number.intValue()]) {
        throw attributes.invalid(Reason.MODEL_INVALID, "order_ is no order of its outputs");
      }
      order[i] = number.intValue();
      seen[order[i]] = true;
    }
    return order;
  }

  /** The rows with one more column. */
  static Rows withColumn(Rows rows, double[] column) {
    int width = rows.width() + 1;
    double[] values = new double[rows.count() * width];
    String[] texts = rows.texts() == null ? null : new String[values.length];
    for (int row = 0; row < rows.count(); row++) {
      System.arraycopy(rows.values(), row * rows.width(), values, row * width, rows.width());
      if (texts != null) {
        System.arraycopy(rows.texts(), row * rows.width(), texts, row * width, rows.width());
      }
      values[row * width + rows.width()] = column[row];
    }
    SparseRows stored = rows.stored() == null ? null : rows.stored().withColumn(column);
    return new Rows(values, texts, stored, rows.count(), width);
  }
}
