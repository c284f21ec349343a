package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a route has to say.
 *
 * @param addressable the versions that are reached by their own path and by the header
 * @param weights percent of the model's traffic by version, adding up to 100; empty where no
 *     version can take any yet
 * @param memory what is to be remembered of the rollout
 */
public record RoutedVersions(
    List<String> addressable, Map<String, Integer> weights, RouteMemory memory) {

  public RoutedVersions {
    addressable = List.copyOf(addressable);
    weights = new TreeMap<>(requireNonNull(weights));
    requireNonNull(memory);
  }

  /** Whether there is nothing to route; the API server takes no route without a path. */
  public boolean isEmpty() {
    return addressable.isEmpty() && weights.isEmpty();
  }

  /** For an Ingress: it has one version only, and so no proportions. */
  public RoutedVersions withoutServedBefore() {
    return new RoutedVersions(addressable, weights, memory.withoutServedBefore());
  }
}
