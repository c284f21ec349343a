package dev.flightdelay.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Keeps the number of pods when an autoscaler takes it over. A field that its only owner leaves out
 * goes back to its default, which for replicas is 1: a second owner holds the number meanwhile, and
 * loses it to the autoscaler with its first change.
 */
final class ReplicasHandover {

  private static final String HOLDER = "flight-delay-operator-handover";

  private ReplicasHandover() {}

  static void before(Deployment actual, Deployment desired, KubernetesClient client) {
    Integer replicas = actual.getSpec().getReplicas();
    if (desired.getSpec().getReplicas() != null
        || replicas == null
        || !FieldOwnership.appliedReplicas(actual)) {
      return;
    }
    // spotless:off
    Deployment held = new DeploymentBuilder()
        .withNewMetadata()
          .withNamespace(actual.getMetadata().getNamespace())
          .withName(actual.getMetadata().getName())
          .withUid(actual.getMetadata().getUid())
        .endMetadata()
        .withNewSpec()
          .withReplicas(replicas)
        .endSpec()
        .build();
    // spotless:on
    client
        .resource(held)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(HOLDER)
                .withForce(true)
                .build(),
            held);
  }
}
