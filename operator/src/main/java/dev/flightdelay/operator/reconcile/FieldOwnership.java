package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Map;
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
    return ours(object)
        .anyMatch(
            entry ->
                entry.getFieldsV1() != null
                    && entry.getFieldsV1().getAdditionalProperties().get("f:spec")
                        instanceof Map<?, ?> spec
                    && spec.containsKey("f:replicas"));
  }

  /** Whether an annotation is one that the operator applied. */
  static boolean appliedAnnotation(HasMetadata object, String name) {
    return ours(object)
        .anyMatch(
            entry ->
                entry.getFieldsV1() != null
                    && entry.getFieldsV1().getAdditionalProperties().get("f:metadata")
                        instanceof Map<?, ?> metadata
                    && metadata.get("f:annotations") instanceof Map<?, ?> annotations
                    && annotations.containsKey("f:" + name));
  }

  private static Stream<ManagedFieldsEntry> ours(HasMetadata object) {
    return object.getMetadata().getManagedFields().stream()
        .filter(entry -> Naming.FIELD_MANAGER.equals(entry.getManager()))
        .filter(entry -> "Apply".equals(entry.getOperation()));
  }
}
