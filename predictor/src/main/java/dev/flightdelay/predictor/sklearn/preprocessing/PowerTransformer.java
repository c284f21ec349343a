package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.StepInput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PowerTransformer: Yeo-Johnson or Box-Cox with a lambda for each column, then standardized.
 *
 * @param powers whether Yeo-Johnson is made of powers, as before 1.9: in the last bit it differs
 */
record PowerTransformer(
    Features features, double[] lambdas, boolean boxCox, boolean powers, Transformer scaler)
    implements Transformer {

  private static final double EPSILON = Math.ulp(1.0);

  static Transformer read(Attributes attributes) {
    double[] lambdas = attributes.reals("lambdas_");
    boolean boxCox =
        switch (attributes.text("method").orElse("")) {
          case "box-cox" -> true;
          case "yeo-johnson" -> false;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "method is neither yeo-johnson nor box-cox");
        };
    Transformer scaler =
        attributes.flag("standardize", true)
            ? attributes.transformer(attributes.value("_scaler").orElse(null), "_scaler")
            : null;
    if (lambdas.length < 1 || scaler != null && scaler.features().count() != lambdas.length) {
      throw attributes.invalid(Reason.MODEL_INVALID, "lambdas_ and _scaler disagree");
    }
    Map<Integer, Object> ones = new HashMap<>();
    if (boxCox) {
      for (int j = 0; j < lambdas.length; j++) {
        ones.put(j, 1.0);
      }
    }
    return new PowerTransformer(
        FeatureNames.read(attributes, lambdas.length).withSamples(ones),
        lambdas,
        boxCox,
        SklearnVersion.isBefore(attributes, 1, 9),
        scaler);
  }

  @Override
  public int width() {
    return lambdas.length;
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(features.count(), 1);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = lambdas.length;
    double[] out = new double[rows.count() * width];
    for (int i = 0; i < out.length; i++) {
      double x = rows.values()[i];
      if (boxCox && x <= 0) {
        throw new UnusableRowsException(
            i / width, i % width, "is " + x + "; Box-Cox takes only what is above 0");
      }
      out[i] = boxCox ? boxCox(x, lambdas[i % width]) : yeoJohnson(x, lambdas[i % width]);
    }
    Rows transformed = new Rows(out, rows.count(), width);
    if (scaler == null) {
      return transformed;
    }
    StepInput.check(transformed, scaler.features(), true, "_scaler");
    return scaler.transform(transformed);
  }

  private static double boxCox(double x, double lambda) {
    return lambda == 0 ? Math.log(x) : Math.expm1(lambda * Math.log(x)) / lambda;
  }

  private double yeoJohnson(double x, double lambda) {
    if (x >= 0) {
      return Math.abs(lambda) < EPSILON ? Math.log1p(x) : lessOne(x, lambda) / lambda;
    }
    return Math.abs(lambda - 2) > EPSILON
        ? -lessOne(-x, 2 - lambda) / (2 - lambda)
        : -Math.log1p(-x);
  }

  /** {@code (x + 1) ^ power - 1}. */
  private double lessOne(double x, double power) {
    return powers ? Math.pow(x + 1, power) - 1 : Math.expm1(power * Math.log1p(x));
  }
}
