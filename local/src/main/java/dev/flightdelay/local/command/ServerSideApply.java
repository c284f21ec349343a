package dev.flightdelay.local.command;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Applies objects as {@code kubectl apply --server-side} does. */
record ServerSideApply(KubernetesClient client) {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("local-up")
          .withFieldValidation("Strict")
          .withForce(true)
          .build();

  /**
   * Applies an object.
   *
   * @param from where it is from, for the message
   * @throws LocalException if the API refuses it, in the API's words
   */
  void apply(GenericKubernetesResource object, Object from) {
    try {
      client.resource(object).patch(APPLY);
    } catch (KubernetesClientException e) {
      String message =
          e.getStatus() == null || e.getStatus().getMessage() == null
              ? e.getMessage()
              : e.getStatus().getMessage();
      throw new LocalException(from + " is refused: " + message, e);
    }
  }
}
