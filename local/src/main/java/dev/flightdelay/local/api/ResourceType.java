package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A kind of object that the API keeps.
 *
 * @param subresources {@code status}, or none
 * @param schema the OpenAPI schema of a custom resource, from its definition
 * @param columns additionalPrinterColumns of a custom resource, or ours for the built-in kinds
 */
record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    List<String> subresources,
    Optional<JsonNode> schema,
    List<Column> columns) {

  /** A column of {@code kubectl get}. */
  record Column(String name, String type, String jsonPath, int priority) {}

  ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = List.copyOf(subresources);
    columns = List.copyOf(columns);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  boolean hasStatus() {
    return subresources.contains("status");
  }
}
