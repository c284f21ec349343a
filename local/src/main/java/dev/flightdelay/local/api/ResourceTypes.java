package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightdelay.local.api.ResourceType.Column;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The kinds there are: those of {@code kinds.yaml}, and those that definitions have added. */
final class ResourceTypes {

  private record Key(String group, String version, String plural) {}

  private final Map<Key, ResourceType> types = new LinkedHashMap<>();

  ResourceTypes() {
    try (InputStream kinds = ResourceTypes.class.getResourceAsStream("kinds.yaml")) {
      for (JsonNode group : Json.readYaml(kinds)) {
        group.get("kinds").forEach(kind -> add(builtIn(group, kind)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("kinds.yaml is not readable", e);
    }
  }

  private static ResourceType builtIn(JsonNode group, JsonNode kind) {
    return new ResourceType(
        group.path("group").asText(),
        group.path("version").asText(),
        kind.path("plural").asText(),
        kind.path("kind").asText(),
        kind.path("namespaced").asBoolean(true),
        texts(kind.path("shortNames")),
        kind.path("all").asBoolean() ? List.of("all") : List.of(),
        texts(kind.path("subresources")),
        Optional.empty(),
        columns(kind.path("columns")));
  }

  Optional<ResourceType> of(ResourcePath path) {
    return Optional.ofNullable(types.get(new Key(path.group(), path.version(), path.plural())));
  }

  List<ResourceType> all() {
    return List.copyOf(types.values());
  }

  /** The kinds that a CustomResourceDefinition adds, one per served version. */
  void define(JsonNode definition) {
    for (JsonNode version : definition.at("/spec/versions")) {
      if (version.path("served").asBoolean()) {
        add(custom(definition.path("spec"), version));
      }
    }
  }

  void remove(JsonNode definition) {
    String group = definition.at("/spec/group").asText();
    String plural = definition.at("/spec/names/plural").asText();
    types.keySet().removeIf(key -> key.group().equals(group) && key.plural().equals(plural));
  }

  private static ResourceType custom(JsonNode spec, JsonNode version) {
    List<String> subresources = new ArrayList<>();
    version.path("subresources").fieldNames().forEachRemaining(subresources::add);
    List<Column> columns = new ArrayList<>(columns(version.path("additionalPrinterColumns")));
    if (columns.isEmpty()) {
      columns.add(new Column("Age", "date", ".metadata.creationTimestamp", 0));
    }
    return new ResourceType(
        spec.path("group").asText(),
        version.path("name").asText(),
        spec.at("/names/plural").asText(),
        spec.at("/names/kind").asText(),
        spec.path("scope").asText().equals("Namespaced"),
        texts(spec.at("/names/shortNames")),
        texts(spec.at("/names/categories")),
        subresources,
        Optional.of(version.at("/schema/openAPIV3Schema")).filter(JsonNode::isObject),
        columns);
  }

  private void add(ResourceType type) {
    types.put(new Key(type.group(), type.version(), type.plural()), type);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<Column> columns(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            column ->
                new Column(
                    column.path("name").asText(),
                    column.path("type").asText("string"),
                    column.path("jsonPath").asText(),
                    column.path("priority").asInt()))
        .toList();
  }
}
