package dev.flightdelay.local.proxy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A FlightDelayModel as far as the way to it goes.
 *
 * @param host the one of its own; empty where it has none
 * @param versions those of the status; before there is one, those of the spec
 */
record ModelState(String namespace, String name, Optional<String> host, List<Version> versions) {

  /** Browsers and curl take every name below it to this machine, without asking a name server. */
  private static final String LOCALHOST = ".localhost";

  /**
   * A version.
   *
   * @param asked its traffic in the spec
   * @param traffic what the route gives it
   */
  record Version(String name, String phase, String message, int asked, int traffic) {

    boolean isReady() {
      return phase.equals("Ready");
    }

    private String sentence() {
      return phase.equals("Failed")
          ? "%s has failed: %s".formatted(name, message)
          : "%s is %s".formatted(name, phase);
    }
  }

  ModelState {
    versions = List.copyOf(versions);
  }

  static ModelState of(GenericKubernetesResource model) {
    Object host = model.get("spec", "expose", "host");
    List<Map<?, ?>> spec = maps(model.get("spec", "versions"));
    List<Map<?, ?>> status = maps(model.get("status", "versions"));
    return new ModelState(
        model.getMetadata().getNamespace(),
        model.getMetadata().getName(),
        Optional.ofNullable(host).map(Object::toString),
        (status.isEmpty() ? spec : status)
            .stream()
                .map(
                    version ->
                        new Version(
                            text(version, "name", ""),
                            text(version, "phase", "Pending"),
                            text(version, "message", ""),
                            asked(spec, version.get("name")),
                            status.isEmpty() ? 0 : number(version.get("traffic"))))
                .toList());
  }

  /** The name that it has on this machine. */
  String localHost() {
    return name + LOCALHOST;
  }

  /** Whether a request without a route is meant for it. */
  boolean isAt(String requestedHost, String path) {
    return requestedHost.equals(localHost())
        || (host.isPresent()
            ? requestedHost.equals(host.get())
            : isBelow("/v1/models/", path) || isBelow("/v2/models/", path));
  }

  private boolean isBelow(String prefix, String path) {
    String own = prefix + name;
    return path.equals(own) || path.startsWith(own + "/") || path.startsWith(own + ":");
  }

  /** What it waits for. */
  String sentence() {
    return "the model %s does not answer yet: %s"
        .formatted(
            name, versions.stream().map(Version::sentence).collect(Collectors.joining(", ")));
  }

  private static int asked(List<Map<?, ?>> spec, Object name) {
    return spec.stream()
        .filter(version -> version.get("name").equals(name))
        .mapToInt(version -> number(version.get("traffic")))
        .findFirst()
        .orElse(0);
  }

  private static int number(Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  private static String text(Map<?, ?> map, String key, String otherwise) {
    Object value = map.get(key);
    return value == null ? otherwise : value.toString();
  }

  private static List<Map<?, ?>> maps(Object value) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }
}
