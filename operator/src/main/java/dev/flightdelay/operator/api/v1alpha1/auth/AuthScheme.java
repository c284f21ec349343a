package dev.flightdelay.operator.api.v1alpha1.auth;

import java.util.Optional;
import java.util.SequencedMap;

/** A way in which callers are known, and what the predictor pods need for it. */
public interface AuthScheme {

  /** The predictor's settings, in the order in which they stand in the container. */
  SequencedMap<String, String> settings();

  /** Whether the predictor asks others about callers, over the network. */
  default boolean asksOthers() {
    return false;
  }

  /** A Secret that the predictor reads; the operator never does. */
  default Optional<SecretFolder> mounts() {
    return Optional.empty();
  }

  /**
   * A Secret as a folder of the pods.
   *
   * @param volume its name in the pods
   * @param secret of the model's namespace
   * @param path where it is mounted
   */
  record SecretFolder(String volume, String secret, String path) {}
}
