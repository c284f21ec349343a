package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoredVersionsIT {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          FlightDelayModel.class,
          Deployment.class,
          Service.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          Ingress.class,
          Pod.class);

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("stored");
    for (String name : List.of("first", "second", "third")) {
      environment.apply(Model.named(name).version("v1", 100));
      environment.awaitReady(name);
    }
    environment.awaitQuiet(Duration.ofSeconds(2));
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  private static Map<ResourceID, String> stored(Class<? extends HasMetadata> kind, String where) {
    Map<ResourceID, String> versions = new HashMap<>();
    new StoredVersions(environment.client())
        .forEach(ResourceDefinitionContext.fromResourceType(kind), where, "", versions::put);
    return versions;
  }

  private static long bytes(Class<? extends HasMetadata> kind, String accept) throws Exception {
    var http = environment.client().getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(
                new StoredVersions(environment.client())
                    .url(
                        ResourceDefinitionContext.fromResourceType(kind),
                        environment.namespace(),
                        "",
                        ""))
            .header("Accept", accept)
            .build();
    return http.sendAsync(request, byte[].class).get().body().length;
  }

  @Test
  void tellsTheVersionsThatAListOfWholeObjectsTells() {
    for (Class<? extends HasMetadata> kind : KINDS) {
      Map<ResourceID, String> listed =
          environment.list(kind).stream()
              .collect(
                  Collectors.toMap(
                      ResourceID::fromResource, it -> it.getMetadata().getResourceVersion()));

      assertThat(stored(kind, environment.namespace())).as(kind.getSimpleName()).isEqualTo(listed);
      assertThat(listed).as(kind.getSimpleName()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void findsThemAmongThoseOfAllNamespaces() {
    assertThat(stored(Deployment.class, "*"))
        .containsAllEntriesOf(stored(Deployment.class, environment.namespace()));
  }

  @Test
  void costsTwoThirdsOfWhatWholeObjectsDo() throws Exception {
    long whole = 0;
    long metadata = 0;
    for (Class<? extends HasMetadata> kind : KINDS) {
      whole += bytes(kind, "application/json");
      metadata += bytes(kind, StoredVersions.METADATA);
    }

    System.out.printf("of 3 models: %,d bytes whole, %,d of metadata%n", whole, metadata);
    assertThat(metadata).isPositive().isLessThan(whole * 2 / 3);
  }

  @Test
  void saysWithWhichCodeItWasRefused() {
    KubernetesClientException refused =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                new StoredVersions(environment.client())
                    .forEach(
                        new ResourceDefinitionContext.Builder()
                            .withGroup("flightdelay.dev")
                            .withVersion("v1alpha1")
                            .withKind("Nothing")
                            .withPlural("nothings")
                            .withNamespaced(true)
                            .build(),
                        environment.namespace(),
                        "",
                        (_, _) -> {}));

    assertThat(refused.getCode()).isEqualTo(404);
  }
}
