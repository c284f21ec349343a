package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Whose an object is. */
final class Ownership {

  private Ownership() {}

  /**
   * Whether it is somebody else's. One of ours that somebody took the owner from, as a restored
   * backup has it, is ours still: the operator has applied it, and nobody controls it.
   */
  static boolean isAnothers(HasMetadata object, Naming naming) {
    boolean controlled =
        object.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    return !naming.controls(object) && (controlled || !FieldOwnership.applied(object));
  }

  /** Whether it is ours without an owner that says so. */
  static boolean lostItsOwner(HasMetadata object, Naming naming) {
    return !naming.controls(object) && !isAnothers(object, naming);
  }
}
