package dev.flightdelay.operator.exploration;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A custom resource as a person writes it.
 *
 * @param fields further fields of the spec by name, in YAML; those that are empty are left out
 * @param note a label and an annotation of the person's own
 */
record ModelState(String model, List<Version> versions, Map<String, String> fields, String note) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * One of its versions.
   *
   * @param uri where the file is
   * @param more further fields, such as "resources: {..}", or empty
   */
  record Version(String name, String uri, String sha256, int traffic, String more) {
    Version withTraffic(int share) {
      return new Version(name, uri, sha256, share, more);
    }

    Version withFileOf(Version other) {
      return new Version(name, other.uri, other.sha256, traffic, more);
    }

    Version withMore(String other) {
      return new Version(name, uri, sha256, traffic, other);
    }

    FileKind kind() {
      return FileKind.of(sha256);
    }

    private String yaml() {
      return "{name: %s, traffic: %d, model: {uri: '%s', sha256: '%s'}%s}"
          .formatted(name, traffic, uri, sha256, more.isEmpty() ? "" : ", " + more);
    }
  }

  ModelState {
    versions = List.copyOf(versions);
    fields = new TreeMap<>(fields);
  }

  ModelState withVersions(List<Version> others) {
    return new ModelState(model, others, fields, note);
  }

  ModelState with(String field, String value) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put(field, value);
    return new ModelState(model, versions, all, note);
  }

  ModelState withNote(String other) {
    return new ModelState(model, versions, fields, other);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** An Ingress, which is the default, has one version only. */
  boolean splits() {
    return field("expose").contains("HTTPRoute") || field("expose").contains("None");
  }

  GenericKubernetesResource resource() {
    String spec =
        fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> "  " + field.getKey() + ": " + field.getValue() + "\n")
            .collect(Collectors.joining());
    String listed =
        versions.stream()
            .map(version -> "  - " + version.yaml() + "\n")
            .collect(Collectors.joining());
    String text =
        """
        apiVersion: flightdelay.dev/v1alpha1
        kind: FlightDelayModel
        metadata: {name: %1$s, labels: {team: '%2$s'}, annotations: {example.com/note: '%2$s'}}
        spec:
          versions:
        %3$s%4$s"""
            .formatted(model, note, listed, spec);
    try {
      return YAML.readValue(text, GenericKubernetesResource.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without what is left out. */
  @Override
  public String toString() {
    return versions.stream().map(Version::yaml).toList()
        + " "
        + fields.entrySet().stream().filter(field -> !field.getValue().isEmpty()).toList()
        + " note "
        + note;
  }
}
