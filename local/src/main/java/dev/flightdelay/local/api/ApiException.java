package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is refused, as an API server says it: a {@code Status} with code and reason. */
public final class ApiException extends RuntimeException {

  /** One field that is wrong, as in {@code details.causes}. */
  public record Cause(String reason, String field, String message) {}

  private final int code;
  private final String reason;
  private final transient List<Cause> causes;
  private final String group;
  private final String kind;
  private final String name;

  private ApiException(int code, String reason, String message, List<Cause> causes) {
    this(code, reason, message, causes, "", "", "");
  }

  private ApiException(
      int code,
      String reason,
      String message,
      List<Cause> causes,
      String group,
      String kind,
      String name) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.causes = List.copyOf(causes);
    this.group = group;
    this.kind = kind;
    this.name = name;
  }

  static ApiException notFound(ResourcePath path) {
    return new ApiException(
        404,
        "NotFound",
        path.name().isEmpty()
            ? "the server could not find the requested resource"
            : "%s \"%s\" not found".formatted(path.qualifiedPlural(), path.name()),
        List.of(),
        path.group(),
        path.plural(),
        path.name());
  }

  static ApiException unknownResource() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", List.of());
  }

  static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, List.of());
  }

  static ApiException alreadyExists(ResourcePath path) {
    return new ApiException(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(path.qualifiedPlural(), path.name()),
        List.of(),
        path.group(),
        path.plural(),
        path.name());
  }

  static ApiException conflict(ResourcePath path, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(path.qualifiedPlural(), path.name(), why),
        List.of(),
        path.group(),
        path.plural(),
        path.name());
  }

  /** Fields of an apply that other managers own with other values. */
  static ApiException applyConflict(String message, List<Cause> causes) {
    return new ApiException(409, "Conflict", message, causes);
  }

  static ApiException invalid(String kind, String group, String name, List<Cause> causes) {
    String fields =
        causes.stream()
            .map(cause -> cause.field() + ": " + cause.message())
            .reduce((left, right) -> left + ", " + right)
            .orElse("");
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    return new ApiException(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s"
            .formatted(qualified, name, causes.size() > 1 ? "[" + fields + "]" : fields),
        causes,
        group,
        kind,
        name);
  }

  static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        List.of());
  }

  static ApiException unsupportedMediaType(String type) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format (" + type + ")",
        List.of());
  }

  int code() {
    return code;
  }

  /** A watch that starts from a version whose events are no longer kept. */
  static ApiException expired(String version) {
    return new ApiException(410, "Expired", "too old resource version: " + version, List.of());
  }

  ObjectNode status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    ObjectNode details = status.putObject("details");
    if (!kind.isEmpty()) {
      details.put("group", group).put("kind", kind).put("name", name);
    }
    if (!causes.isEmpty()) {
      var list = details.putArray("causes");
      causes.forEach(
          cause ->
              list.addObject()
                  .put("reason", cause.reason())
                  .put("message", cause.message())
                  .put("field", cause.field()));
    }
    return status.put("code", code);
  }
}
