package dev.flightdelay.operator.faults;

import java.time.Instant;

/**
 * A write that came by.
 *
 * @param operation CREATE, UPDATE, PATCH, DELETE; a PATCH that created its object is a CREATE
 * @param object resource/namespace/name, and /subresource
 * @param status what the API server answered; 0 where it did not get the write
 */
public record Write(Instant at, Operation operation, String resource, String object, int status) {
  /** What a write does to its object. */
  public enum Operation {
    CREATE,
    UPDATE,
    PATCH,
    DELETE
  }

  static Write of(ApiCall call, String name, int status, Instant at) {
    Operation operation =
        switch (call.method()) {
          case "POST" -> Operation.CREATE;
          case "PUT" -> Operation.UPDATE;
          case "PATCH" -> status == 201 ? Operation.CREATE : Operation.PATCH;
          case "DELETE" -> Operation.DELETE;
          default -> throw new IllegalArgumentException(call.method() + " is no write");
        };
    String object = String.join("/", call.resource(), call.namespace(), name);
    return new Write(
        at,
        operation,
        call.resource(),
        call.subresource().isEmpty() ? object : object + "/" + call.subresource(),
        status);
  }

  /** Whether the API server took it. */
  public boolean isApplied() {
    return 200 <= status && status < 300;
  }
}
