package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the API server has noted as applied by the operator. */
final class FieldOwnership {

  private FieldOwnership() {}

  /** Whether the operator has ever applied the object. */
  static boolean applied(HasMetadata object) {
    return ours(object).findAny().isPresent();
  }

  /** Whether spec.replicas is a field that the operator applied. */
  static boolean appliedReplicas(HasMetadata object) {
    return applied(object, "f:spec", "f:replicas");
  }

  /** Whether an annotation is one that the operator applied. */
  static boolean appliedAnnotation(HasMetadata object, String name) {
    return applied(object, "f:metadata", "f:annotations", "f:" + name);
  }

  /** Whether a field is one that the operator applied, by its path in {@code fieldsV1}. */
  private static boolean applied(HasMetadata object, String... path) {
    return ours(object)
        .map(ManagedFieldsEntry::getFieldsV1)
        .filter(Objects::nonNull)
        .anyMatch(fields -> has(fields.getAdditionalProperties(), path));
  }

  private static boolean has(Map<?, ?> fields, String... path) {
    Object field = fields;
    for (String name : path) {
      if (!(field instanceof Map<?, ?> parent) || !parent.containsKey(name)) {
        return false;
      }
      field = parent.get(name);
    }
    return true;
  }

  private static Stream<ManagedFieldsEntry> ours(HasMetadata object) {
    return object.getMetadata().getManagedFields().stream()
        .filter(entry -> Naming.FIELD_MANAGER.equals(entry.getManager()))
        .filter(entry -> "Apply".equals(entry.getOperation()));
  }
}
