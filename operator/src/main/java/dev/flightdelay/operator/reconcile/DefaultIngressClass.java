package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Entrance;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * The class that the API server gives an Ingress that names none. IngressClasses are the cluster's
 * and not a namespace's, so that the operator may not read them: it asks what would become of a new
 * Ingress, which is not made.
 */
final class DefaultIngressClass {

  private DefaultIngressClass() {}

  /**
   * That class, asked for only where it matters: the model names no class (any more), and has an
   * Ingress that was made for one.
   */
  static Optional<String> where(
      FlightDelayModel model, List<Ingress> ingresses, KubernetesClient client) {
    Expose expose = model.getSpec().expose();
    boolean matters =
        expose.type() == Expose.Type.Ingress
            && expose.ingressClassName() == null
            && ingresses.stream()
                .anyMatch(ingress -> Entrance.of(ingress).expose().ingressClassName() != null);
    return matters ? ask(model, client) : Optional.empty();
  }

  private static Optional<String> ask(FlightDelayModel model, KubernetesClient client) {
    // spotless:off
    Ingress question = new IngressBuilder()
        .withNewMetadata()
          .withNamespace(model.getMetadata().getNamespace())
          .withName(model.getMetadata().getName() + ".class")
        .endMetadata()
        .withNewSpec()
          .addNewRule()
            // Nobody's, or an ingress controller would refuse it as taken.
            .withHost("class.invalid")
          .endRule()
        .endSpec()
        .build();
    // spotless:on
    try {
      return Optional.ofNullable(
          client.resource(question).dryRun().create().getSpec().getIngressClassName());
    } catch (KubernetesClientException e) {
      if (e.getCode() < 400 || e.getCode() > 499) {
        throw e;
      }
      // It is not to be known then, and the new Ingress is made beside the old one.
      return Optional.empty();
    }
  }
}
