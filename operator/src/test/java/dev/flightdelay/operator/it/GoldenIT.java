package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The models of the golden folders and the examples on a real API server: it takes them all, and a
 * second look at each of them finds nothing to write.
 */
class GoldenIT {

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment =
        OperatorEnvironment.start(
            "golden",
            Map.of(
                "OPERATOR_ALLOWED_IMAGES",
                "*",
                "OPERATOR_ALLOWED_SERVICE_ACCOUNTS",
                "admin,model-reader,flight-models",
                "OPERATOR_ALLOWED_TOLERATIONS",
                "*",
                "OPERATOR_ALLOWED_NODE_SELECTORS",
                "*"));
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void writesNothingAtASecondLookAtAnyGoldenModelOrExample() throws IOException {
    List<GenericKubernetesResource> models = models();
    for (GenericKubernetesResource model : models) {
      environment.client().resource(model).inNamespace(environment.namespace()).create();
    }
    await("each is looked at")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(environment.list(FlightDelayModel.class))
                    .hasSameSizeAs(models)
                    .allMatch(GoldenIT::isLookedAt));
    environment.awaitQuiet(Duration.ofSeconds(8));
    int before = environment.writes().size();

    environment.operator().kill();
    environment.operator().start();
    environment.operator().awaitReady();

    environment.awaitQuiet(Duration.ofSeconds(8));
    assertThat(environment.writes().subList(before, environment.writes().size())).isEmpty();
  }

  private static boolean isLookedAt(FlightDelayModel model) {
    return model.getStatus() != null
        && model.getMetadata().getGeneration().equals(model.getStatus().observedGeneration());
  }

  /** Each under a name and host of its own, because they stand side by side here. */
  private static List<GenericKubernetesResource> models() throws IOException {
    List<GenericKubernetesResource> models = new ArrayList<>();
    try (Stream<Path> golden = Files.walk(Path.of("src/test/resources/golden"));
        Stream<Path> examples = Files.list(Path.of("../crds/examples"))) {
      List<Path> files =
          Stream.concat(
                  golden.filter(file -> file.endsWith("in-model.yaml")),
                  examples.filter(file -> file.toString().endsWith(".yaml")))
              .sorted()
              .toList();
      for (Path file : files) {
        for (String document : Files.readString(file).split("(?m)^---$")) {
          GenericKubernetesResource resource =
              Serialization.unmarshal(document, GenericKubernetesResource.class);
          if (resource != null && "FlightDelayModel".equals(resource.getKind())) {
            models.add(renamed(resource, "g" + models.size() + "x"));
          }
        }
      }
    }
    assertThat(models).hasSizeGreaterThan(30);
    return models;
  }

  private static GenericKubernetesResource renamed(GenericKubernetesResource model, String name) {
    model.setMetadata(new ObjectMetaBuilder().withName(name).build());
    model.getAdditionalProperties().remove("status");
    if (model.get("spec", "expose") instanceof Map<?, ?> expose && expose.containsKey("host")) {
      model.<Map<String, Object>>get("spec", "expose").put("host", name + ".example.com");
    }
    return model;
  }
}
