package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** How the lists of a kind merge: what server-side apply has to know of its schema. */
sealed interface Structure {

  /** How the items of a list are told apart. */
  sealed interface ListType {

    /** The list is one value. */
    record Atomic() implements ListType {}

    /** Its items are their own keys. */
    record Set() implements ListType {}

    /** Items with the same values of these fields are the same item. */
    record Keyed(List<String> keys) implements ListType {

      /** The key of an item, as managedFields write it: sorted, without spaces. */
      Optional<String> keyOf(JsonNode item) {
        Map<String, JsonNode> key = new TreeMap<>();
        for (String name : keys) {
          JsonNode value = item.path(name);
          if (!value.isMissingNode()) {
            key.put(name, value);
          } else if (name.equals("protocol")) {
            key.put(name, JsonNodeFactory.instance.textNode("TCP"));
          }
        }
        if (key.isEmpty()) {
          return Optional.empty();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        key.forEach(node::set);
        return Optional.of(node.toString());
      }
    }
  }

  static Structure of(ResourceType type) {
    return type.schema()
        .<Structure>map(schema -> new Custom(type.kind(), schema))
        .orElseGet(() -> new BuiltIn(type.kind(), List.of()));
  }

  Structure field(String name);

  Structure items();

  ListType listType();

  /** By the schema of a custom resource. */
  record Custom(String kind, JsonNode schema) implements Structure {

    @Override
    public Structure field(String name) {
      if (name.equals("metadata") && schema.path("properties").has("spec")) {
        return new BuiltIn(kind, List.of("metadata"));
      }
      JsonNode property = schema.path("properties").path(name);
      return new Custom(
          kind, property.isMissingNode() ? schema.path("additionalProperties") : property);
    }

    @Override
    public Structure items() {
      return new Custom(kind, schema.path("items"));
    }

    @Override
    public ListType listType() {
      return switch (schema.path("x-kubernetes-list-type").asText("atomic")) {
        case "map" ->
            new ListType.Keyed(
                StreamSupport.stream(schema.path("x-kubernetes-list-map-keys").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        case "set" -> new ListType.Set();
        default -> new ListType.Atomic();
      };
    }
  }

  /** By the names of the fields, as the OpenAPI documents of the built-in kinds have it. */
  record BuiltIn(String kind, List<String> path) implements Structure {

    @Override
    public Structure field(String name) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      return new BuiltIn(kind, List.copyOf(longer));
    }

    @Override
    public Structure items() {
      return this;
    }

    @Override
    public ListType listType() {
      String parent = path.size() > 1 ? path.get(path.size() - 2) : "";
      return switch (path.isEmpty() ? "" : path.getLast()) {
        case "finalizers" -> new ListType.Set();
        case "ownerReferences" -> new ListType.Keyed(List.of("uid"));
        case "conditions" -> new ListType.Keyed(List.of("type"));
        case "containers", "initContainers", "ephemeralContainers", "env", "imagePullSecrets" ->
            new ListType.Keyed(List.of("name"));
        case "volumes" ->
            parent.equals("spec") ? new ListType.Keyed(List.of("name")) : new ListType.Atomic();
        case "volumeMounts" -> new ListType.Keyed(List.of("mountPath"));
        case "topologySpreadConstraints" ->
            new ListType.Keyed(List.of("topologyKey", "whenUnsatisfiable"));
        case "ports" ->
            switch (parent) {
              case "containers", "initContainers" ->
                  new ListType.Keyed(List.of("containerPort", "protocol"));
              case "spec" ->
                  kind.equals("Service")
                      ? new ListType.Keyed(List.of("port", "protocol"))
                      : new ListType.Atomic();
              default -> new ListType.Atomic();
            };
        default -> new ListType.Atomic();
      };
    }
  }

  /** The item of a list with the same key. */
  static JsonNode itemWithKey(JsonNode list, ListType.Keyed type, String key) {
    for (JsonNode item : list) {
      if (type.keyOf(item).filter(key::equals).isPresent()) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }
}
