package dev.flightdelay.predictor.dialect;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;

/**
 * What a dialect knows of what is served.
 *
 * @param name the model's name in the paths
 * @param version its version
 * @param signature what it takes and gives
 * @param maxRows the rows that one request may have
 */
public record DialectSettings(String name, String version, Signature signature, int maxRows) {
  /** Of a model that is served. */
  public static DialectSettings of(ServedModel model, int maxRows) {
    return new DialectSettings(model.name(), model.version(), model.signature(), maxRows);
  }

  public DialectSettings {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(signature);
  }
}
