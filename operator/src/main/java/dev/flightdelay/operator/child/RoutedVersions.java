package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.rollout.Rising;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a route has to say.
 *
 * @param addressable the versions that are reached by their own path and by the header
 * @param weights percent of the model's traffic by version, adding up to 100; empty where no
 *     version can take any yet
 * @param servedBefore the traffic before a version was waited for; empty where none is
 * @param rising what a rise of shares goes by
 * @param everReady versions that have been ready, each with the start of its SHA-256
 */
public record RoutedVersions(
    List<String> addressable,
    Map<String, Integer> weights,
    Map<String, Integer> servedBefore,
    Optional<Rising> rising,
    List<String> everReady) {

  public RoutedVersions {
    addressable = List.copyOf(addressable);
    weights = new TreeMap<>(requireNonNull(weights));
    servedBefore = new TreeMap<>(requireNonNull(servedBefore));
    requireNonNull(rising);
    everReady = everReady.stream().sorted().toList();
  }

  /** Whether there is nothing to route; the API server takes no route without a path. */
  public boolean isEmpty() {
    return addressable.isEmpty() && weights.isEmpty();
  }

  /** For an Ingress: it has one version only, and so no proportions. */
  public RoutedVersions withoutServedBefore() {
    return new RoutedVersions(addressable, weights, Map.of(), rising, everReady);
  }

  Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    if (!everReady.isEmpty()) {
      annotations.put(Annotations.READY_VERSIONS, String.join(",", everReady));
    }
    if (!servedBefore.isEmpty()) {
      annotations.put(
          Annotations.SERVED_BEFORE,
          servedBefore.entrySet().stream()
              .map(share -> share.getKey() + "=" + share.getValue())
              .collect(Collectors.joining(",")));
    }
    rising.ifPresent(rise -> annotations.put(Annotations.RISING, Annotations.text(rise)));
    return annotations;
  }
}
