package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.ApiException.Cause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a write makes of an object: the checks, defaults and metadata of an API server. Computes
 * only; nothing is stored here.
 */
final class Admission {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int MAX_NAME_LENGTH = 253;
  private static final List<String> KEPT_METADATA =
      List.of("uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp");

  private final ResourceType type;
  private final ResourcePath path;

  /**
   * @param path with the object's name
   */
  Admission(ResourceType type, ResourcePath path) {
    this.type = type;
    this.path = path;
  }

  /** A new object from a request's body. */
  ObjectNode create(JsonNode body, FieldManager manager) {
    ObjectNode object = checked(body);
    if (type.hasStatus()) {
      object.remove("status");
    }
    object.withObject("metadata").remove(KEPT_METADATA);
    object.withObject("metadata").remove("managedFields");
    shaped(object);
    new ServerSideApply(type).track(JsonNodeFactory.instance.objectNode(), object, manager);
    return born(object);
  }

  /** An object in place of the current one. */
  ObjectNode replace(ObjectNode current, JsonNode body, FieldManager manager) {
    ObjectNode object = checked(body);
    preconditions(current, object.path("metadata"));
    ObjectNode next = inItsPart(current, object);
    shaped(next);
    new ServerSideApply(type).track(current, next, manager);
    return grown(current, next);
  }

  ObjectNode patch(ObjectNode current, String mediaType, JsonNode patch, FieldManager manager) {
    ObjectNode patched = Patch.apply(mediaType, patch, current, Structure.of(type));
    ObjectNode next = inItsPart(current, checked(patched));
    preconditions(current, patched.path("metadata"));
    shaped(next);
    new ServerSideApply(type).track(current, next, manager);
    return grown(current, next);
  }

  ObjectNode apply(ObjectNode current, JsonNode body, FieldManager manager, boolean force) {
    ObjectNode applied = checked(body);
    preconditions(current, applied.path("metadata"));
    applied.withObject("metadata").remove(KEPT_METADATA);
    applied.withObject("metadata").remove("managedFields");
    if (path.isStatus()) {
      applied.retain("apiVersion", "kind", "metadata", "status");
      applied.withObject("metadata").retain("name", "namespace");
    } else if (type.hasStatus()) {
      applied.remove("status");
    }
    pruned(applied);
    boolean absent = current.isEmpty();
    ObjectNode next = new ServerSideApply(type).apply(current, applied, manager, force);
    shaped(next);
    return absent ? born(next) : grown(current, next);
  }

  /** The body, if it is an object of this kind with this name and namespace. */
  private ObjectNode checked(JsonNode body) {
    if (!(body instanceof ObjectNode given)) {
      throw ApiException.badRequest("the body is not an object");
    }
    ObjectNode object = given.deepCopy();
    withoutNulls(object);
    if (!object.path("kind").asText().equals(type.kind())
        || !object.path("apiVersion").asText().equals(type.apiVersion())) {
      throw ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s of %s"
              .formatted(
                  object.path("kind").asText("an object"),
                  object.path("apiVersion").asText(),
                  type.kind(),
                  type.apiVersion()));
    }
    ObjectNode metadata = object.withObject("metadata");
    if (!metadata.path("name").asText(path.name()).equals(path.name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(metadata.path("name").asText(), path.name()));
    }
    if (!metadata.path("namespace").asText(path.namespace()).equals(path.namespace())) {
      throw ApiException.badRequest(
          "the namespace of the object (%s) does not match the namespace on the URL (%s)"
              .formatted(metadata.path("namespace").asText(), path.namespace()));
    }
    metadata.put("name", path.name());
    if (type.namespaced()) {
      metadata.put("namespace", path.namespace());
    }
    return object;
  }

  /** An API server keeps no nulls. */
  private static void withoutNulls(JsonNode node) {
    for (Iterator<JsonNode> inner = node.iterator(); inner.hasNext(); ) {
      JsonNode value = inner.next();
      if (value.isNull() && node.isObject()) {
        inner.remove();
      } else {
        withoutNulls(value);
      }
    }
  }

  /** 409 where the writer meant another object, or an older state of it. */
  private void preconditions(ObjectNode current, JsonNode metadata) {
    JsonNode now = current.path("metadata");
    String uid = metadata.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(now.path("uid").asText())) {
      throw ApiException.conflict(
          path,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, now.path("uid").asText()));
    }
    String version = metadata.path("resourceVersion").asText("");
    if (!version.isEmpty() && !version.equals(now.path("resourceVersion").asText())) {
      throw ApiException.conflict(
          path,
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
  }

  /** A write to the status changes nothing else, and the other way round. */
  private ObjectNode inItsPart(ObjectNode current, ObjectNode written) {
    ObjectNode next = path.isStatus() ? current.deepCopy() : written;
    if (path.isStatus() || type.hasStatus()) {
      JsonNode status = path.isStatus() ? written.path("status") : current.path("status");
      if (status.isMissingNode()) {
        next.remove("status");
      } else {
        next.set("status", status);
      }
    }
    ObjectNode metadata = next.withObject("metadata");
    for (String name : KEPT_METADATA) {
      JsonNode kept = current.path("metadata").path(name);
      if (kept.isMissingNode()) {
        metadata.remove(name);
      } else {
        metadata.set(name, kept);
      }
    }
    return next;
  }

  private void pruned(ObjectNode object) {
    type.schema()
        .ifPresent(
            schema -> {
              List<String> unknown = SchemaPruning.prune(object, schema);
              if (!unknown.isEmpty()
                  && path.query().getOrDefault("fieldValidation", "").equals("Strict")) {
                throw ApiException.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                        .formatted(
                            type.kind(),
                            type.version(),
                            type.kind(),
                            String.join(
                                ", ",
                                unknown.stream()
                                    .map(field -> "unknown field \"" + field + "\"")
                                    .toList())));
              }
            });
  }

  private void shaped(ObjectNode object) {
    if (path.name().length() > MAX_NAME_LENGTH || !NAME.matcher(path.name()).matches()) {
      throw ApiException.invalid(
          type.kind(),
          type.group(),
          path.name(),
          List.of(
              new Cause(
                  "FieldValueInvalid",
                  "metadata.name",
                  ("Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case"
                          + " alphanumeric characters, '-' or '.', and must start and end with an"
                          + " alphanumeric character")
                      .formatted(path.name()))));
    }
    pruned(object);
    type.schema()
        .ifPresent(
            schema -> {
              SchemaDefaults.fill(object, schema);
              List<Cause> causes = SchemaValidation.check(object, schema);
              if (!causes.isEmpty()) {
                throw ApiException.invalid(type.kind(), type.group(), path.name(), causes);
              }
            });
  }

  private ObjectNode born(ObjectNode object) {
    ObjectNode metadata = object.withObject("metadata");
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("generation", 1);
    if (type.kind().equals("CustomResourceDefinition")) {
      established(object);
    }
    return object;
  }

  private static ObjectNode grown(ObjectNode current, ObjectNode next) {
    if (!withoutMetadataAndStatus(current).equals(withoutMetadataAndStatus(next))) {
      next.withObject("metadata")
          .put("generation", current.at("/metadata/generation").asLong() + 1);
    }
    return next;
  }

  private static ObjectNode withoutMetadataAndStatus(ObjectNode object) {
    return object.deepCopy().remove(List.of("metadata", "status"));
  }

  /** What the API server's own controllers say of a definition. */
  private static void established(ObjectNode definition) {
    ObjectNode status = definition.putObject("status");
    status.set("acceptedNames", definition.at("/spec/names"));
    ArrayNode versions = status.putArray("storedVersions");
    definition.at("/spec/versions").forEach(version -> versions.add(version.path("name")));
    ArrayNode conditions = status.putArray("conditions");
    for (String condition : List.of("NamesAccepted", "Established")) {
      conditions
          .addObject()
          .put("type", condition)
          .put("status", "True")
          .put("reason", "InitialNamesAccepted")
          .put("message", "the definition is in use")
          .put("lastTransitionTime", definition.at("/metadata/creationTimestamp").asText());
    }
  }
}
