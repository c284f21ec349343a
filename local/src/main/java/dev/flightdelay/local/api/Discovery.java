package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What there is: /api, /apis, /version, and the OpenAPI documents that kubectl asks for. */
final class Discovery {

  private static final String OPEN_API = "/openapi/v3";

  private final ResourceTypes types;

  Discovery(ResourceTypes types) {
    this.types = types;
  }

  Optional<JsonNode> answer(String uri) {
    String path = uri.replaceFirst("\\?.*", "").replaceFirst("/$", "");
    if (path.startsWith(OPEN_API)) {
      return openApi(path.substring(OPEN_API.length()));
    }
    return switch (path) {
      case "/api" -> Optional.of(coreVersions());
      case "/apis" -> Optional.of(groups());
      case "/version" -> Optional.of(version());
      case "/healthz", "/livez", "/readyz" -> Optional.of(JsonNodeFactory.instance.textNode("ok"));
      default -> {
        String[] parts = path.split("/");
        yield switch (parts.length) {
          case 3 -> parts[1].equals("api") ? resources("", parts[2]) : group(parts[2]);
          case 4 -> resources(parts[2], parts[3]);
          default -> Optional.empty();
        };
      }
    };
  }

  private static JsonNode coreVersions() {
    ObjectNode versions = object("APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private JsonNode groups() {
    ObjectNode list = object("APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    groupNames().forEach(name -> group(name).ifPresent(groups::add));
    return list;
  }

  private Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>();
    types.all().stream()
        .map(ResourceType::group)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  private Optional<JsonNode> group(String name) {
    List<String> versions =
        types.all().stream()
            .filter(type -> type.group().equals(name))
            .map(ResourceType::version)
            .distinct()
            .toList();
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode group = object("APIGroup").put("apiVersion", "v1").put("name", name);
    ArrayNode list = group.putArray("versions");
    versions.forEach(version -> version(list.addObject(), name, version));
    version(group.putObject("preferredVersion"), name, versions.getFirst());
    return Optional.of(group);
  }

  private static void version(ObjectNode node, String group, String version) {
    node.put("groupVersion", group + "/" + version).put("version", version);
  }

  private Optional<JsonNode> resources(String group, String version) {
    List<ResourceType> found = of(group, version).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = object("APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", found.getFirst().apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : found) {
      ObjectNode resource = resource(resources.addObject(), type, "");
      addAll(resource.putArray("shortNames"), type.shortNames());
      addAll(resource.putArray("categories"), type.categories());
      addAll(
          resource.putArray("verbs"),
          List.of(
              "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));
      for (String subresource : type.subresources()) {
        addAll(
            resource(resources.addObject(), type, "/" + subresource).putArray("verbs"),
            List.of("get", "patch", "update"));
      }
    }
    return Optional.of(list);
  }

  private static ObjectNode resource(ObjectNode node, ResourceType type, String subresource) {
    return node.put("name", type.plural() + subresource)
        .put("singularName", type.kind().toLowerCase(Locale.ROOT))
        .put("namespaced", type.namespaced())
        .put("kind", type.kind());
  }

  private static void addAll(ArrayNode list, List<String> texts) {
    texts.forEach(list::add);
  }

  private Stream<ResourceType> of(String group, String version) {
    return types.all().stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version));
  }

  private static JsonNode version() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("major", "1")
        .put("minor", "36")
        .put("gitVersion", "v1.36.0-local")
        .put("platform", "local");
  }

  /**
   * kubectl reads here that the server checks fields itself, and explains a kind from its schema.
   */
  private Optional<JsonNode> openApi(String below) {
    if (below.isEmpty()) {
      ObjectNode index = JsonNodeFactory.instance.objectNode();
      ObjectNode paths = index.putObject("paths");
      types.all().stream()
          .map(Discovery::root)
          .distinct()
          .forEach(root -> paths.putObject(root).put("serverRelativeURL", OPEN_API + "/" + root));
      return Optional.of(index);
    }
    List<ResourceType> found =
        types.all().stream().filter(type -> ("/" + root(type)).equals(below)).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "flight-delay local")
        .put("version", found.getFirst().version());
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    found.forEach(type -> describe(type, paths, schemas));
    return Optional.of(document);
  }

  private static void describe(ResourceType type, ObjectNode paths, ObjectNode schemas) {
    ObjectNode schema =
        type.schema()
            .map(custom -> (ObjectNode) custom.deepCopy())
            .orElseGet(
                () ->
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "object")
                        .put("x-kubernetes-preserve-unknown-fields", true));
    identify(schema.putArray("x-kubernetes-group-version-kind").addObject(), type);
    schemas.set(type.kind(), schema);
    ObjectNode patch =
        paths
            .putObject(
                "/"
                    + root(type)
                    + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
                    + type.plural()
                    + "/{name}")
            .putObject("patch");
    ArrayNode parameters = patch.putArray("parameters");
    for (String name : List.of("fieldValidation", "dryRun")) {
      parameters
          .addObject()
          .put("name", name)
          .put("in", "query")
          .putObject("schema")
          .put("type", "string");
    }
    identify(patch.putObject("x-kubernetes-group-version-kind"), type);
  }

  private static void identify(ObjectNode node, ResourceType type) {
    node.put("group", type.group()).put("kind", type.kind()).put("version", type.version());
  }

  private static String root(ResourceType type) {
    return type.group().isEmpty()
        ? "api/" + type.version()
        : "apis/" + type.group() + "/" + type.version();
  }

  private static ObjectNode object(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }
}
