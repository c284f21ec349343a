package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a route has to say.
 *
 * @param addressable the versions that are reached by their own path and by the header
 * @param weights percent of the model's traffic by version, adding up to 100; empty where no
 *     version can take any yet
 * @param everReady versions that have been ready, each with the start of its SHA-256
 */
public record RoutedVersions(
    List<String> addressable, Map<String, Integer> weights, List<String> everReady) {

  public RoutedVersions {
    addressable = List.copyOf(addressable);
    weights = new TreeMap<>(requireNonNull(weights));
    everReady = everReady.stream().sorted().toList();
  }

  Map<String, String> annotations() {
    return everReady.isEmpty()
        ? Map.of()
        : Map.of(Annotations.READY_VERSIONS, everReady.stream().collect(Collectors.joining(",")));
  }
}
