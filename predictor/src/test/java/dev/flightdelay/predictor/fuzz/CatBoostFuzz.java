package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.reader.EstimatorPickle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fuzzes a model of CatBoost's, in a pickled estimator and as a file of its own. */
public final class CatBoostFuzz {

  private static final byte[] MAGIC = "CBM1".getBytes(StandardCharsets.US_ASCII);

  private CatBoostFuzz() {}

  /** Jazzer's entry: what follows the format's first word. */
  public static void fuzzerTestOneInput(byte[] rest) {
    byte[] model = ByteBuffer.allocate(MAGIC.length + rest.length).put(MAGIC).put(rest).array();
    FuzzOracle.check(model);
    boolean classifier = rest.length % 2 == 0;
    FuzzOracle.check(
        EstimatorPickle.of("catboost.core", classifier ? "CatBoostClassifier" : "CatBoostRegressor")
            .with("__model", model)
            .bytes());
  }
}
