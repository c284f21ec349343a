package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.List;

/** RegressorChain: each output's estimator also takes the predictions of those before it. */
final class RegressorChain implements Model {

  private final Signature signature;
  private final List<Model> models;
  // For each estimator the output it is for.
  private final int[] order;

  private RegressorChain(Signature signature, List<Model> models, int[] order) {
    this.signature = signature;
    this.models = models;
    this.order = order;
  }

  static Model read(Attributes attributes) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    int width = models.getFirst().signature().features().count();
    for (int m = 0; m < models.size(); m++) {
      Signature inner = models.get(m).signature();
      if (inner.labels().isPresent()
          || inner.outputs() != 1
          || inner.features().count() != width + m) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s is no regressor of one output that takes %d features"
                .formatted(inner.estimator(), width + m));
      }
    }
    Features features =
        attributes.has("feature_names_in_")
            ? FeatureNames.read(attributes, width)
            : models.getFirst().signature().features();
    return new RegressorChain(
        FittedSignature.regressor(
            attributes, features, models.size(), InnerModels.acceptMissing(models)),
        models,
        order(attributes, models.size()));
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

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = to - from;
    int outputs = models.size();
    Rows part = InnerModels.part(rows, from, to);
    for (int m = 0; m < outputs; m++) {
      double[] predictions = models.get(m).score(part, false, false).values();
      for (int i = 0; i < count; i++) {
        scores.values()[(from + i) * outputs + order[m]] = predictions[i];
      }
      if (m < outputs - 1) {
        part = withColumn(part, predictions);
      }
    }
  }

  private static Rows withColumn(Rows rows, double[] column) {
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
    return new Rows(values, texts, rows.count(), width);
  }
}
