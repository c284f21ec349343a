package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Objects that the API server admits and nobody expects: none of them stops the operator, or
 * another model.
 */
class OddObjectsIT {
  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("odd");
  }

  @AfterAll
  static void stop() {
    // Its log must be without errors: see OperatorProcess.
    environment.close();
  }

  @Test
  void livesWithStrangeObjectsThatCarryItsLabels() {
    List<HasMetadata> strange =
        environment
            .client()
            .load(OddObjectsIT.class.getResourceAsStream("/cluster/strange.yaml"))
            .inNamespace(environment.namespace())
            .create();

    environment.apply(Model.named("flights").version("v1", 100));

    environment.awaitReady("flights");
    environment.apply(Model.named("flights").version("v1", 100).version("v2", 0));
    environment.awaitReady("flights");
    assertThat(strange)
        .allSatisfy(
            object ->
                assertThat(
                        environment
                            .client()
                            .resource(object)
                            .inNamespace(environment.namespace())
                            .get()
                            .getMetadata()
                            .getUid())
                    .isEqualTo(object.getMetadata().getUid()));
    assertThat(environment.operator().isAlive()).isTrue();
  }

  @Test
  void leavesAloneWhatHasItsNameAndIsNotItsOwn() {
    environment
        .client()
        .load(OddObjectsIT.class.getResourceAsStream("/cluster/foreign.yaml"))
        .inNamespace(environment.namespace())
        .create();

    environment.apply(Model.named("taken").version("v1", 100));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(environment.condition("taken", "Ready"))
                    .hasValueSatisfying(
                        ready -> {
                          assertThat(ready.getStatus()).isEqualTo("False");
                          assertThat(ready.getReason()).isEqualTo("NameConflict");
                          assertThat(ready.getMessage()).contains("taken-v1");
                        }));
    Service foreign =
        environment
            .client()
            .services()
            .inNamespace(environment.namespace())
            .withName("taken-v1")
            .get();
    assertThat(foreign.getSpec().getSelector()).containsExactlyEntriesOf(Map.of("app", "other"));
    assertThat(foreign.getMetadata().getOwnerReferences()).isEmpty();
    environment.client().resource(foreign).delete();
    environment.awaitCondition("taken", "Ready", "True", Duration.ofSeconds(60));
  }

  @Test
  void writesNothingForWhatIsNotAllowedUntilItIs() {
    Model model = Model.named("refused").version("v1", 100);
    environment.apply(model.with("predictor: {image: evil.example/miner}"));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(environment.condition("refused", "Ready"))
                    .hasValueSatisfying(
                        ready -> {
                          assertThat(ready.getReason()).isEqualTo("NotAllowed");
                          assertThat(ready.getMessage()).contains("evil.example/miner");
                        }));
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(environment.state("refused").objects()).containsOnlyKeys("FlightDelayModel/MODEL");

    environment.apply(model);

    environment.awaitReady("refused");
  }
}
