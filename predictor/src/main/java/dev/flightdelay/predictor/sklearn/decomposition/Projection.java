package dev.flightdelay.predictor.sklearn.decomposition;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/** PCA and TruncatedSVD: a row's products with the rows of {@code components_}. */
final class Projection {

  private Projection() {}

  /** {@code (X - mean_) @ components_.T}, divided by the components' deviations for whiten. */
  static Transformer pca(Attributes attributes) {
    double[] mean = attributes.has("mean_") ? attributes.reals("mean_") : null;
    double[] scale = null;
    if (attributes.flag("whiten", false)) {
      scale = attributes.reals("explained_variance_");
      boolean bounded = !SklearnVersion.isBefore(attributes, 1, 5);
      for (int k = 0; k < scale.length; k++) {
        scale[k] = Math.sqrt(scale[k]);
        if (bounded && scale[k] < Math.ulp(1.0)) {
          scale[k] = Math.ulp(1.0);
        }
        if (!(scale[k] > 0)) {
          throw attributes.invalid(
              Reason.MODEL_INVALID, "explained_variance_ holds what is not above 0");
        }
      }
    }
    return read(attributes, mean, scale, !SklearnVersion.isBefore(attributes, 1, 5));
  }

  /** {@code X @ components_.T}. */
  static Transformer truncatedSvd(Attributes attributes) {
    return read(attributes, null, null, false);
  }

  private static Transformer read(
      Attributes attributes, double[] mean, double[] scale, boolean centresAfter) {
    int[] shape = attributes.array("components_").shape();
    double[] components = attributes.reals("components_");
    if (shape.length != 2
        || shape[0] < 1
        || shape[1] < 1
        || mean != null && mean.length != shape[1]
        || scale != null && scale.length != shape[0]) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "components_, mean_ and explained_variance_ disagree");
    }
    int count = shape[0];
    int width = shape[1];
    double[] before = new double[width];
    double[] after = new double[count];
    if (mean != null && centresAfter) {
      for (int k = 0; k < count; k++) {
        for (int j = 0; j < width; j++) {
          after[k] += mean[j] * components[k * width + j];
        }
      }
    } else if (mean != null) {
      System.arraycopy(mean, 0, before, 0, width);
    }
    return new RowTransformer(
        FeatureNames.read(attributes, width),
        count,
        false,
        (in, from, out, to) -> {
          for (int k = 0; k < count; k++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
              sum += (in[from + j] - before[j]) * components[k * width + j];
            }
            sum -= after[k];
            out[to + k] = scale == null ? sum : sum / scale[k];
          }
        });
  }
}
