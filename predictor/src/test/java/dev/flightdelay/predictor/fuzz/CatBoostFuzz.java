package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.reader.EstimatorPickle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fuzzes the FlatBuffer in which a pickled estimator keeps its model. */
public final class CatBoostFuzz {

  private CatBoostFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] flatBuffer) {
    byte[] model =
        ByteBuffer.allocate(8 + flatBuffer.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("CBM1".getBytes(StandardCharsets.US_ASCII))
            .putInt(flatBuffer.length)
            .put(flatBuffer)
            .array();
    boolean classifier = flatBuffer.length % 2 == 0;
    FuzzOracle.check(
        EstimatorPickle.of("catboost.core", classifier ? "CatBoostClassifier" : "CatBoostRegressor")
            .with("__model", model)
            .bytes());
  }
}
