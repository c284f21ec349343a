package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.reader.EstimatorPickle;

/** Fuzzes the bytes in which a pickled Booster keeps its model: UBJSON, JSON or binary. */
public final class XGBoostFuzz {

  private XGBoostFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] handle) {
    FuzzOracle.check(EstimatorPickle.of("xgboost.core", "Booster").with("handle", handle).bytes());
  }
}
