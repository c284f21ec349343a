package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.reader.EstimatorPickle;
import java.nio.charset.StandardCharsets;

/** Fuzzes the text in which a pickled Booster keeps its model. */
public final class LightGbmFuzz {

  private LightGbmFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] text) {
    FuzzOracle.check(
        EstimatorPickle.of("lightgbm.basic", "Booster")
            .with("handle", new String(text, StandardCharsets.ISO_8859_1))
            .bytes());
  }
}
