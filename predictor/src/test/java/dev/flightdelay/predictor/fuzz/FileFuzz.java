package dev.flightdelay.predictor.fuzz;

/** Fuzzes whole files: pickles, joblib's, compressed ones and what is no pickle. */
public final class FileFuzz {

  private FileFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] file) {
    FuzzOracle.check(file);
  }
}
