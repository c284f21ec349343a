package dev.flightdelay.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * A custom resource as a person writes it, in YAML.
 *
 * @param versions the entries of spec.versions
 * @param lines further lines of spec
 */
record Model(String name, List<String> versions, List<String> lines) {

  Model {
    versions = List.copyOf(versions);
    lines = List.copyOf(lines);
  }

  /** One pod a version, which asks for little CPU: many stories share the node. */
  static Model small(String name) {
    return new Model(
        name,
        List.of(),
        List.of(
            "autoscaling: {mode: None, minReplicas: 1}",
            "predictor: {resources: {requests: {cpu: 50m, memory: 384Mi}}}"));
  }

  /** With so many pods a version. */
  Model replicas(int replicas) {
    return autoscaling("{mode: None, minReplicas: %d}".formatted(replicas));
  }

  Model autoscaling(String autoscaling) {
    List<String> all = new ArrayList<>(lines);
    all.removeIf(line -> line.startsWith("autoscaling:"));
    all.add("autoscaling: " + autoscaling);
    return new Model(name, versions, all);
  }

  Model version(String version, SampleModel sample, int traffic) {
    return version(version, sample.uri(), sample.sha256(), traffic, "");
  }

  /**
   * With a version.
   *
   * @param more further fields of its model, such as "maxSize: 1Ki"
   */
  Model version(String version, String uri, String sha256, int traffic, String more) {
    List<String> all = new ArrayList<>(versions);
    all.add(
        "{name: %s, traffic: %d, model: {uri: '%s', sha256: %s%s}}"
            .formatted(version, traffic, uri, sha256, more.isEmpty() ? "" : ", " + more));
    return new Model(name, all, lines);
  }

  /** Behind the chart's Gateway, not an Ingress. */
  Model behindTheGateway() {
    return with("expose: {type: HTTPRoute, parentRefs: [{name: predictions}]}");
  }

  /** With a further line of the spec. */
  Model with(String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    return new Model(name, versions, all);
  }

  String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: flightdelay.dev/v1alpha1
            kind: FlightDelayModel
            metadata: {name: %s}
            spec:
              versions:
            """
                .formatted(name));
    versions.forEach(version -> yaml.append("  - ").append(version).append('\n'));
    lines.forEach(line -> yaml.append("  ").append(line).append('\n'));
    return yaml.toString();
  }
}
