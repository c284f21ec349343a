package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is in the models' namespace, looked at from outside. */
final class Cluster {

  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** The pods of a version that are not about to go. */
  List<Pod> pods(String model, String version) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/instance", model)
        .withLabel("app.kubernetes.io/version", version)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  List<Pod> readyPods(String model, String version) {
    return pods(model, version).stream().filter(Readiness::isPodReady).toList();
  }

  Deployment deployment(String model, String version) {
    return client.apps().deployments().inNamespace(namespace).withName(model + "-" + version).get();
  }

  /** Each predictor pod's UID, by its name. */
  Map<String, String> predictorUids() {
    Map<String, String> uids = new TreeMap<>();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/name", "flight-delay-predictor")
        .list()
        .getItems()
        .forEach(pod -> uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
    return uids;
  }

  /** The hash of each predictor Deployment's current template, by the Deployment's name. */
  Map<String, String> templateHashes() {
    Map<String, String> hashes = new TreeMap<>();
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(
            deployment ->
                hashes.put(
                    deployment.getMetadata().getName(),
                    Serialization.asYaml(deployment.getSpec().getTemplate())
                        + deployment.getMetadata().getGeneration()));
    return hashes;
  }

  /** A model's status; empty before it has one. */
  Map<String, Object> status(String model) {
    GenericKubernetesResource resource =
        client
            .genericKubernetesResources("flightdelay.dev/v1alpha1", "FlightDelayModel")
            .inNamespace(namespace)
            .withName(model)
            .get();
    assertThat(resource).as("the model " + model).isNotNull();
    return Optional.<Map<String, Object>>ofNullable(resource.get("status")).orElse(Map.of());
  }

  /** What is said of a version; empty before anything is. */
  Map<Object, Object> version(String model, String version) {
    return status(model).get("versions") instanceof List<?> versions
        ? versions.stream()
            .filter(Map.class::isInstance)
            .<Map<?, ?>>map(Map.class::cast)
            .filter(one -> version.equals(one.get("name")))
            .findFirst()
            .<Map<Object, Object>>map(HashMap::new)
            .orElse(Map.of())
        : Map.of();
  }

  /** The traffic as it is routed, such as v1=90,v2=10. */
  String traffic(String model) {
    return String.valueOf(status(model).get("traffic"));
  }

  /**
   * Where a model is reached, as its status says: behind a Gateway and without a host only by its
   * path, at the Gateway's address.
   */
  URI url(String model) {
    Object url = status(model).get("url");
    assertThat(url).as("status.url of " + model).isNotNull();
    URI reached = URI.create(url.toString());
    return reached.isAbsolute() ? reached : gateway().resolve(reached);
  }

  private URI gateway() {
    Gateway gateway =
        client.resources(Gateway.class).inNamespace(namespace).withName("predictions").get();
    assertThat(gateway.getStatus().getAddresses()).as("the Gateway's addresses").isNotEmpty();
    return URI.create("http://" + gateway.getStatus().getAddresses().getFirst().getValue());
  }
}
