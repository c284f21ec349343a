package dev.flightdelay.operator.cluster;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A custom resource as a person writes it.
 *
 * @param versions the entries of spec.versions, in YAML
 * @param lines further lines of spec
 */
public record Model(String name, List<String> versions, List<String> lines) {
  private static final YAMLMapper YAML = new YAMLMapper();

  public Model {
    versions = List.copyOf(versions);
    lines = List.copyOf(lines);
  }

  public static Model named(String name) {
    return new Model(name, List.of(), List.of());
  }

  /** With a version, whose file is known by its name. */
  public Model version(String version, int traffic) {
    return version(version, traffic, "");
  }

  /**
   * @param more further fields of the version, such as "resources: {..}"
   */
  public Model version(String version, int traffic, String more) {
    List<String> all = new ArrayList<>(versions);
    all.add(
        "{name: %s, traffic: %d, model: {uri: 'gs://bucket/%s.pkl', sha256: %s}%s}"
            .formatted(
                version, traffic, version, sha256(version), more.isEmpty() ? "" : ", " + more));
    return new Model(name, all, lines);
  }

  /** With a further line of the spec. */
  public Model with(String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    return new Model(name, versions, all);
  }

  /** What the version's file has to be. */
  public static String sha256(String version) {
    return "%064x".formatted(Integer.toUnsignedLong(version.hashCode()));
  }

  GenericKubernetesResource resource() {
    StringBuilder yaml =
        new StringBuilder(
            "apiVersion: flightdelay.dev/v1alpha1\nkind: FlightDelayModel\nmetadata: {name: "
                + name
                + "}\nspec:\n  versions:\n");
    versions.forEach(version -> yaml.append("  - ").append(version).append('\n'));
    lines.forEach(line -> yaml.append("  ").append(line).append('\n'));
    try {
      return YAML.readValue(yaml.toString(), GenericKubernetesResource.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
