package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one tenant's model tries to take from another's. */
class TenantsIT {
  private static final Duration TOLD = Duration.ofSeconds(30);

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("tenants");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void takesNoHostOfAnIngressByAnHttpRoute() {
    environment.apply(
        Model.named("paid")
            .version("v1", 100)
            .with("expose: {host: paid.example.com, ingressClassName: nginx}"));
    environment.awaitReady("paid");

    environment.apply(
        Model.named("thief")
            .version("v1", 100)
            .with(
                "expose: {type: HTTPRoute, host: paid.example.com, parentRefs: [{name: gateway}]}"));

    refused("thief");
    assertThat(
            environment
                .client()
                .resources(HTTPRoute.class)
                .inNamespace(environment.namespace())
                .withName("thief")
                .get())
        .isNull();
  }

  @Test
  void takesNoHostByLeavingTheClassOpen() {
    environment.apply(
        Model.named("classy")
            .version("v1", 100)
            .with("expose: {host: classy.example.com, ingressClassName: nginx}"));
    environment.awaitReady("classy");

    environment.apply(
        Model.named("classless").version("v1", 100).with("expose: {host: classy.example.com}"));

    refused("classless");
  }

  @Test
  void takesNoHostThatIsInUseByBeingOlder() {
    Model elder = Model.named("elder").version("v1", 100);
    environment.apply(elder);
    environment.awaitReady("elder");
    // Ages are told by the second.
    await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
    environment.apply(
        Model.named("younger").version("v1", 100).with("expose: {host: younger.example.com}"));
    environment.awaitReady("younger");

    environment.apply(elder.with("expose: {host: younger.example.com}"));

    refused("elder");
    assertThat(environment.condition("younger", "Exposed"))
        .hasValueSatisfying(exposed -> assertThat(exposed.getStatus()).isEqualTo("True"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tolerations: [{operator: Exists}]",
        "tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]",
        "nodeSelector: {node-role.kubernetes.io/control-plane: ''}"
      })
  void runsOnNoNodesThatAreKeptForOthers(String placement) {
    String name = "placed" + Integer.toUnsignedString(placement.hashCode());

    environment.apply(
        Model.named(name).version("v1", 100).with("predictor: {%s}".formatted(placement)));

    await(placement)
        .atMost(TOLD)
        .untilAsserted(
            () ->
                assertThat(environment.condition(name, "Ready"))
                    .hasValueSatisfying(
                        ready -> assertThat(ready.getReason()).isEqualTo("NotAllowed")));
    assertThat(environment.state(name).objects()).containsOnlyKeys("FlightDelayModel/MODEL");
  }

  private static void refused(String model) {
    await(model + " gets nothing")
        .atMost(TOLD)
        .untilAsserted(
            () ->
                assertThat(environment.condition(model, "Exposed"))
                    .hasValueSatisfying(
                        exposed -> assertThat(exposed.getReason()).isEqualTo("HostConflict")));
  }
}
