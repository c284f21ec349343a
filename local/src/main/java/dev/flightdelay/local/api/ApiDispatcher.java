package dev.flightdelay.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The requests of a Kubernetes API. Objects are kept by fabric8's mock server in its CRUD mode;
 * what it lacks is added: server-side apply, the checks and defaults of a schema, conflicts,
 * generations, watches from a version, garbage collection, discovery, tables.
 */
final class ApiDispatcher extends KubernetesCrudDispatcher {

  private static final String APPLY = "application/apply-patch+yaml";

  private record Stored(AttributeSet key, ObjectNode object) {}

  private final ResourceTypes types = new ResourceTypes();
  private final Discovery discovery = new Discovery(types);
  private final Watches watches = new Watches(this);
  private long version;

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    try {
      Optional<ResourcePath> path = ResourcePath.of(request.getPath());
      if (path.isEmpty() || path.get().group().equals("openapi")) {
        return discovered(request);
      }
      ResourceType type =
          types
              .of(path.get())
              .filter(known -> known.namespaced() || path.get().namespace().isEmpty())
              .orElseThrow(ApiException::unknownResource);
      String subresource = path.get().subresource();
      if (!subresource.isEmpty() && !type.subresources().contains(subresource)) {
        throw ApiException.unknownResource();
      }
      return switch (request.method()) {
        case GET -> read(request, type, path.get());
        case POST -> create(request, type, path.get());
        case PUT -> replace(request, type, path.get());
        case PATCH -> patch(request, type, path.get());
        case DELETE -> delete(request, type, path.get());
        default -> throw ApiException.methodNotAllowed();
      };
    } catch (ApiException refusal) {
      return json(refusal.code(), refusal.status());
    } catch (JsonProcessingException e) {
      return json(
          400,
          ApiException.badRequest("the body cannot be read: " + e.getOriginalMessage()).status());
    }
  }

  /** Says to every watch how far it has seen, as API servers do about once a minute. */
  synchronized void bookmark() {
    watches.bookmark(version);
  }

  private MockResponse discovered(RecordedRequest request) {
    return discovery
        .answer(request.getPath())
        .map(body -> json(200, body))
        .orElseThrow(ApiException::unknownResource);
  }

  private MockResponse read(RecordedRequest request, ResourceType type, ResourcePath path) {
    boolean asTable = Table.isAskedFor(request.getHeader("Accept"));
    if (path.isWatch()) {
      return new MockResponse()
          .withWebSocketUpgrade(
              watches.watch(type, path, asTable, objects(type, collection(path)), version));
    }
    if (!path.name().isEmpty()) {
      ObjectNode object = find(type, path).orElseThrow(() -> ApiException.notFound(path)).object();
      return json(
          200,
          asTable
              ? Table.of(type, List.of(object), object.at("/metadata/resourceVersion").asText())
              : object);
    }
    Selector selector = Selector.of(path);
    List<ObjectNode> objects = objects(type, path).stream().filter(selector::matches).toList();
    if (asTable) {
      return json(200, Table.of(type, objects, String.valueOf(version)));
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
    list.putObject("metadata").put("resourceVersion", String.valueOf(version));
    list.putArray("items").addAll(objects);
    return json(200, list);
  }

  private MockResponse create(RecordedRequest request, ResourceType type, ResourcePath path)
      throws JsonProcessingException {
    JsonNode body = body(request);
    String name = body.path("metadata").path("name").asText("");
    String prefix = body.path("metadata").path("generateName").asText("");
    if (!path.name().isEmpty()) {
      throw ApiException.methodNotAllowed();
    }
    if (name.isEmpty() && prefix.isEmpty()) {
      throw ApiException.invalid(
          type.kind(),
          type.group(),
          "",
          List.of(
              new ApiException.Cause(
                  "FieldValueRequired",
                  "metadata.name",
                  "Required value: name or generateName is required")));
    }
    ResourcePath named =
        path.named(name.isEmpty() ? prefix + UUID.randomUUID().toString().substring(0, 5) : name);
    if (find(type, named).isPresent()) {
      throw ApiException.alreadyExists(named);
    }
    ObjectNode object =
        new Admission(type, named).create(body, updatingManager(request, type, path));
    return json(201, stored(type, named, Optional.empty(), object));
  }

  private MockResponse replace(RecordedRequest request, ResourceType type, ResourcePath path)
      throws JsonProcessingException {
    Stored current = find(type, path).orElseThrow(() -> ApiException.notFound(path));
    ObjectNode next =
        new Admission(type, path)
            .replace(current.object(), body(request), updatingManager(request, type, path));
    return json(200, stored(type, path, Optional.of(current), next));
  }

  private MockResponse patch(RecordedRequest request, ResourceType type, ResourcePath path)
      throws JsonProcessingException {
    String mediaType =
        Optional.ofNullable(request.getHeader("Content-Type")).orElse("").replaceFirst(";.*", "");
    Admission admission = new Admission(type, path);
    Optional<Stored> current = find(type, path);
    if (!mediaType.equals(APPLY)) {
      Stored found = current.orElseThrow(() -> ApiException.notFound(path));
      ObjectNode next =
          admission.patch(
              found.object(), mediaType, body(request), updatingManager(request, type, path));
      return json(200, stored(type, path, Optional.of(found), next));
    }
    if (current.isEmpty() && path.isStatus()) {
      throw ApiException.notFound(path);
    }
    String manager = path.query().getOrDefault("fieldManager", "");
    if (manager.isEmpty()) {
      throw ApiException.badRequest("fieldManager is required for apply patch");
    }
    ObjectNode next =
        admission.apply(
            current.map(Stored::object).orElseGet(JsonNodeFactory.instance::objectNode),
            body(request),
            FieldManager.applying(manager, type.apiVersion(), path.subresource()),
            path.query().getOrDefault("force", "false").equals("true"));
    return json(current.isEmpty() ? 201 : 200, stored(type, path, current, next));
  }

  private MockResponse delete(RecordedRequest request, ResourceType type, ResourcePath path)
      throws JsonProcessingException {
    String text = request.getUtf8Body();
    JsonNode options =
        text == null || text.isEmpty() ? JsonNodeFactory.instance.objectNode() : Json.read(text);
    if (path.name().isEmpty()) {
      Selector selector = Selector.of(path);
      for (ObjectNode object : objects(type, path)) {
        if (selector.matches(object)) {
          ResourcePath named = path.named(object.at("/metadata/name").asText());
          find(type, named).ifPresent(stored -> remove(type, named, stored));
        }
      }
      collectGarbage();
      return json(200, success());
    }
    Stored found = find(type, path).orElseThrow(() -> ApiException.notFound(path));
    for (String name : List.of("uid", "resourceVersion")) {
      String expected = options.path("preconditions").path(name).asText("");
      String actual = found.object().path("metadata").path(name).asText();
      if (!expected.isEmpty() && !expected.equals(actual)) {
        throw ApiException.conflict(
            path,
            "Precondition failed: %s in precondition: %s, in object meta: %s"
                .formatted(name, expected, actual));
      }
    }
    if (path.isDryRun()) {
      return json(200, found.object());
    }
    if (options.path("propagationPolicy").asText().equals("Orphan")) {
      orphan(found.object().at("/metadata/uid").asText());
    }
    boolean gone = remove(type, path, found);
    collectGarbage();
    return gone
        ? json(200, success())
        : json(200, find(type, path).map(Stored::object).orElse(found.object()));
  }

  private static ObjectNode success() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    status.putObject("metadata");
    return status;
  }

  /** Gone at once, or, with finalizers, marked: it goes with the last of them. */
  private boolean remove(ResourceType type, ResourcePath path, Stored found) {
    JsonNode metadata = found.object().path("metadata");
    if (metadata.path("finalizers").isEmpty()) {
      save(type, path, Optional.of(found), null);
      return true;
    }
    if (!metadata.has("deletionTimestamp")) {
      ObjectNode marked = found.object().deepCopy();
      marked
          .withObject("metadata")
          .put("deletionTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      save(type, path, Optional.of(found), marked);
    }
    return false;
  }

  private void orphan(String owner) {
    for (ResourceType type : types.all()) {
      for (ObjectNode object : objects(type, everywhere(type))) {
        ObjectNode left = object.deepCopy();
        ArrayNode owners = left.withObject("metadata").withArray("ownerReferences");
        int before = owners.size();
        owners.removeIf(reference -> reference.path("uid").asText().equals(owner));
        if (owners.size() < before) {
          ResourcePath path = pathOf(type, object);
          save(type, path, find(type, path), left);
        }
      }
    }
  }

  /** Deletes what has owners of which none is left, until nothing more goes. */
  private void collectGarbage() {
    boolean collected = true;
    while (collected) {
      collected = false;
      Set<String> living = new HashSet<>();
      List<Stored> owned = new ArrayList<>();
      List<ResourceType> ownedTypes = new ArrayList<>();
      for (ResourceType type : types.all()) {
        for (ObjectNode object : objects(type, everywhere(type))) {
          living.add(object.at("/metadata/uid").asText());
          if (!object.at("/metadata/ownerReferences").isEmpty()) {
            find(type, pathOf(type, object)).ifPresent(owned::add);
            ownedTypes.add(type);
          }
        }
      }
      for (int i = 0; i < owned.size(); i++) {
        boolean orphaned = true;
        for (JsonNode owner : owned.get(i).object().at("/metadata/ownerReferences")) {
          orphaned &= !living.contains(owner.path("uid").asText());
        }
        if (orphaned) {
          ResourceType type = ownedTypes.get(i);
          collected |= remove(type, pathOf(type, owned.get(i).object()), owned.get(i));
        }
      }
    }
  }

  private static ResourcePath everywhere(ResourceType type) {
    return new ResourcePath(type.group(), type.version(), "", type.plural(), "", "", Map.of());
  }

  private static ResourcePath pathOf(ResourceType type, JsonNode object) {
    return new ResourcePath(
        type.group(),
        type.version(),
        object.at("/metadata/namespace").asText(""),
        type.plural(),
        object.at("/metadata/name").asText(),
        "",
        Map.of());
  }

  private static ResourcePath collection(ResourcePath path) {
    return path.named("");
  }

  /** The object as it is now kept; as it was, where the write changes nothing. */
  private ObjectNode stored(
      ResourceType type, ResourcePath path, Optional<Stored> current, ObjectNode next) {
    if (path.isDryRun() || current.filter(old -> old.object().equals(next)).isPresent()) {
      return next;
    }
    JsonNode metadata = next.path("metadata");
    if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()) {
      save(type, path, current, null);
      collectGarbage();
      return next;
    }
    save(type, path, current, next);
    return next;
  }

  private void save(
      ResourceType type, ResourcePath path, Optional<Stored> before, ObjectNode after) {
    version = requestResourceVersion();
    String text = null;
    if (after != null) {
      after.withObject("metadata").put("resourceVersion", String.valueOf(version));
      text = after.toString();
    }
    processEvent(
        path.store(), getKey(path.store()), before.map(Stored::key).orElse(null), null, text);
    if (type.kind().equals("CustomResourceDefinition")) {
      before.ifPresent(old -> types.remove(old.object()));
      if (after != null) {
        types.define(after);
      }
    }
    watches.changed(version, type, before.map(Stored::object).orElse(null), after);
  }

  private Optional<Stored> find(ResourceType type, ResourcePath path) {
    return matching(type, path).stream().findFirst();
  }

  private List<ObjectNode> objects(ResourceType type, ResourcePath path) {
    return matching(type, path).stream().map(Stored::object).toList();
  }

  private List<Stored> matching(ResourceType type, ResourcePath path) {
    AttributeSet query = getKey(path.store());
    List<Stored> found = new ArrayList<>();
    for (Map.Entry<AttributeSet, String> entry : List.copyOf(map.entrySet())) {
      if (entry.getKey().matches(query)) {
        ObjectNode object = parsed(entry.getValue());
        // The core group has no name, so its keys match those of other groups too.
        if (object.path("apiVersion").asText().equals(type.apiVersion())
            && object.path("kind").asText().equals(type.kind())) {
          found.add(new Stored(entry.getKey(), object));
        }
      }
    }
    return found;
  }

  private static ObjectNode parsed(String text) {
    try {
      return (ObjectNode) Json.read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object in the store is not JSON", e);
    }
  }

  /** JSON or YAML: an apply patch is YAML by its name. */
  private static JsonNode body(RecordedRequest request) throws JsonProcessingException {
    return Json.read(Optional.ofNullable(request.getUtf8Body()).orElse(""));
  }

  private static FieldManager updatingManager(
      RecordedRequest request, ResourceType type, ResourcePath path) {
    String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("unknown");
    String name = path.query().getOrDefault("fieldManager", agent.replaceFirst("/.*", ""));
    return FieldManager.updating(name, type.apiVersion(), path.subresource());
  }

  private static MockResponse json(int code, JsonNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
