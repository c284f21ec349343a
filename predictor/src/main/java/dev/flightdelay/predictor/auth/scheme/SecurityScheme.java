package dev.flightdelay.predictor.auth.scheme;

import static java.util.Objects.requireNonNull;

/**
 * How callers send credentials, as OpenAPI says it. Kinds that have the same one say the same.
 *
 * @param name in the document
 * @param json a Security Scheme Object
 */
public record SecurityScheme(String name, String json) {

  public SecurityScheme {
    requireNonNull(name);
    requireNonNull(json);
  }
}
