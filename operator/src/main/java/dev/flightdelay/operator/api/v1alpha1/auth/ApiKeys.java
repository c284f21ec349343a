package dev.flightdelay.operator.api.v1alpha1.auth;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * API keys, which the predictor reads itself.
 *
 * @param secret that has them
 */
public record ApiKeys(String secret) implements AuthScheme {

  private static final String PATH = "/api-keys";

  public ApiKeys {
    requireNonNull(secret);
  }

  @Override
  public SequencedMap<String, String> settings() {
    return new LinkedHashMap<>(Map.of("API_KEYS_DIR", PATH));
  }

  @Override
  public Optional<SecretFolder> mounts() {
    return Optional.of(new SecretFolder("api-keys", secret, PATH));
  }
}
