package dev.flightdelay.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Makes the pods of a namespace's Deployments in the place of the cluster's controllers, which
 * write some thirty times for a Deployment of two pods (ReplicaSets, their status, EndpointSlices,
 * events) and take more of the processor than the operator does. This one creates the pods, ready
 * at once, and writes the Deployment's status one time: for measurements with more models than the
 * controllers of one machine could follow. A changed template replaces the pods.
 */
public final class FakeDeploymentController implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final KubernetesClient client;
  private final FakeKubelet kubelet;
  private final ExecutorService work = Executors.newFixedThreadPool(AT_ONCE);
  private final SharedIndexInformer<Deployment> deployments;

  /**
   * @param kubelet whose pods these get to be; it leaves pods alone that stay pending
   */
  public FakeDeploymentController(ApiServer server, String namespace, FakeKubelet kubelet) {
    this.client = server.client();
    this.kubelet = kubelet;
    deployments =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Deployment deployment) {
                    work.execute(() -> reconcile(deployment));
                  }

                  @Override
                  public void onUpdate(Deployment before, Deployment deployment) {
                    work.execute(() -> reconcile(deployment));
                  }

                  @Override
                  public void onDelete(Deployment deployment, boolean stateUnknown) {
                    work.execute(() -> pods(deployment).delete());
                  }
                });
  }

  private void reconcile(Deployment deployment) {
    Long generation = deployment.getMetadata().getGeneration();
    if (deployment.getStatus() != null
        && Objects.equals(generation, deployment.getStatus().getObservedGeneration())) {
      return;
    }
    int wanted = deployment.getSpec().getReplicas();
    String hash = hash(deployment);
    IntStream.range(0, wanted).forEach(i -> create(pod(deployment, hash, i)));
    if (generation > 1) {
      // What was made of another template, or is one too many.
      pods(deployment).list().getItems().stream()
          .filter(pod -> !isWanted(pod, deployment, hash, wanted))
          .forEach(pod -> client.resource(pod).delete());
    }
    writeStatus(deployment, wanted);
  }

  private static String hash(Deployment deployment) {
    return "%08x".formatted(Serialization.asJson(deployment.getSpec().getTemplate()).hashCode());
  }

  private static boolean isWanted(Pod pod, Deployment deployment, String hash, int wanted) {
    return IntStream.range(0, wanted)
        .mapToObj(i -> name(deployment, hash, i))
        .anyMatch(pod.getMetadata().getName()::equals);
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> pods(Deployment deployment) {
    return client
        .pods()
        .inNamespace(deployment.getMetadata().getNamespace())
        .withLabelSelector(deployment.getSpec().getSelector());
  }

  private static String name(Deployment deployment, String hash, int number) {
    return deployment.getMetadata().getName() + "-" + hash + "-" + number;
  }

  private static Pod pod(Deployment deployment, String hash, int number) {
    // spotless:off
    return new PodBuilder()
        .withNewMetadata()
            .withName(name(deployment, hash, number))
            .withNamespace(deployment.getMetadata().getNamespace())
            .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
            .withAnnotations(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
            .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(deployment.getMetadata().getName())
                .withUid(deployment.getMetadata().getUid())
                .withController(true)
            .endOwnerReference()
        .endMetadata()
        .withSpec(deployment.getSpec().getTemplate().getSpec())
        .build();
    // spotless:on
  }

  private void create(Pod pod) {
    try {
      client.resource(pod).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    kubelet.serveWithOthers(pod);
  }

  private void writeStatus(Deployment deployment, int ready) {
    // spotless:off
    Deployment change = new DeploymentBuilder()
        .withNewMetadata()
            .withName(deployment.getMetadata().getName())
            .withNamespace(deployment.getMetadata().getNamespace())
        .endMetadata()
        .withNewStatus()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(ready)
            .withUpdatedReplicas(ready)
            .withReadyReplicas(ready)
            .withAvailableReplicas(ready)
        .endStatus()
        .build();
    // spotless:on
    client
        .resource(change)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  @Override
  public void close() {
    deployments.close();
    work.shutdownNow();
  }
}
