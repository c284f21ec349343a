package dev.flightdelay.operator.cluster;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.function.Predicate;

/** Plays controllers of Ingress classes: gives each Ingress of a namespace the same address. */
public final class FakeIngressController implements AutoCloseable {
  private static final String ADDRESS =
      "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.113.7\"}]}}}";

  private final ApiServer server;
  private final Predicate<Ingress> which;
  private final SharedIndexInformer<Ingress> ingresses;

  /** Plays the controller of every class. */
  public FakeIngressController(ApiServer server, String namespace) {
    this(server, namespace, _ -> true);
  }

  /**
   * Plays some.
   *
   * @param which Ingresses they follow
   */
  public FakeIngressController(ApiServer server, String namespace, Predicate<Ingress> which) {
    this.server = server;
    this.which = which;
    ingresses =
        server
            .client()
            .network()
            .v1()
            .ingresses()
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Ingress ingress) {
                    take(ingress);
                  }

                  @Override
                  public void onUpdate(Ingress before, Ingress ingress) {}

                  @Override
                  public void onDelete(Ingress ingress, boolean stateUnknown) {}
                });
  }

  private void take(Ingress ingress) {
    if (!which.test(ingress)) {
      return;
    }
    try {
      server
          .client()
          .resource(ingress)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), ADDRESS);
    } catch (KubernetesClientException e) {
      // Deleted meanwhile.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    ingresses.close();
  }
}
