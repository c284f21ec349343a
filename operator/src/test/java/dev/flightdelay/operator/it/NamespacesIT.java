package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of several namespaces that are served one is not there, comes, and goes. */
class NamespacesIT {

  private static final Duration NOTICED = Duration.ofSeconds(60);
  private static final String OTHER = "trains-" + ProcessHandle.current().pid();

  private OperatorEnvironment environment;

  @BeforeEach
  void start() {
    environment =
        OperatorEnvironment.start(
            "namespaces",
            Map.of("OPERATOR_NAMESPACES", "NAMESPACE," + OTHER, "OPERATOR_RESYNC", "20s"));
    // What it says of a namespace that goes while it works in it is right.
    environment.operator().expect(OTHER);
  }

  @AfterEach
  void stop() {
    environment.client().namespaces().withName(OTHER).delete();
    environment.close();
  }

  @Test
  void servesTheOthersAndTakesItUpWhenItComes() {
    environment.apply(Model.named("flights").version("v1", 100));
    environment.awaitReady("flights");
    assertNotServed(1);

    environment.newServedNamespace(OTHER);
    environment.apply(OTHER, Model.named("trains").version("v1", 100));
    awaitServed("trains");

    environment.client().namespaces().withName(OTHER).delete();
    await("it is gone")
        .atMost(Duration.ofSeconds(120))
        .until(() -> environment.client().namespaces().withName(OTHER).get() == null);
    await("it is said").atMost(NOTICED).untilAsserted(() -> assertNotServed(2));
    environment.apply(Model.named("more-flights").version("v1", 100));
    environment.awaitReady("more-flights");

    environment.newServedNamespace(OTHER);
    environment.apply(OTHER, Model.named("later-trains").version("v1", 100));
    awaitServed("later-trains");
    assertThat(environment.operator().isAlive()).isTrue();
  }

  /** In readiness, which does not fail for it; in a metric; and in events, so many times. */
  private void assertNotServed(int events) {
    try {
      assertThat(environment.operator().get("/readyz"))
          .startsWith("200")
          .contains(OTHER, "forbidden");
      assertThat(environment.operator().get("/actuator/prometheus"))
          .contains("flightdelay_operator_namespace_served{model_namespace=\"" + OTHER + "\"} 0.0")
          .contains(
              "flightdelay_operator_namespace_served{model_namespace=\""
                  + environment.namespace()
                  + "\"} 1.0");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(
            environment
                .client()
                .v1()
                .events()
                .inNamespace(environment.namespace())
                .withField("reason", "NamespaceNotServed")
                .list()
                .getItems())
        .hasSize(events)
        .allSatisfy(
            event -> assertThat(event.getMessage()).contains(OTHER, "apply the chart again"));
  }

  private void awaitServed(String model) {
    await(model + " has its Deployment")
        .atMost(NOTICED)
        .until(
            () ->
                environment
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(OTHER)
                        .withName(model + "-v1")
                        .get()
                    != null);
  }
}
