package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model goes because its namespace does. */
class NamespaceDeletionIT {
  private OperatorEnvironment environment;

  @BeforeEach
  void start() {
    environment = OperatorEnvironment.start("deletion");
    environment.apply(Model.named("flights").version("v1", 100));
    environment.awaitReady("flights");
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void goesWithItsNamespace() {
    // Nothing can be made there any more, and whatever is tried is refused until the model is gone;
    // the operator's own ServiceAccount may go before it.
    environment.operator().expect("being terminated|not found|NotFound|404|403|401");

    environment.client().namespaces().withName(environment.namespace()).delete();

    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                environment.client().namespaces().withName(environment.namespace()).get() == null);
    assertThat(environment.operator().isAlive()).isTrue();
  }

  @Test
  void isNotTriedByEachModelInANamespaceThatGoes() {
    // More than are looked at at once.
    int models = 100;
    environment.operator().expect("being terminated|not found|NotFound|404|403");
    try (Fault _ = environment.server().withoutControllers()) {
      for (int i = 0; i < models; i++) {
        environment.apply(
            Model.named("m" + i)
                .version("v1", 100)
                .with("expose: {type: None}")
                .with("autoscaling: {mode: None, minReplicas: 1}"));
      }
      await("they are made")
          .atMost(Duration.ofSeconds(120))
          .until(() -> environment.list(Service.class).size() == models + 1);
      environment.awaitQuiet(Duration.ofSeconds(2), Duration.ofSeconds(120));
      environment.client().namespaces().withName(environment.namespace()).delete();

      environment.client().services().inNamespace(environment.namespace()).delete();

      await().pollDelay(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(15)).until(() -> true);
      assertThat(environment.proxy().writes())
          .filteredOn(write -> write.status() == 403)
          .as("refused because the namespace goes")
          .hasSizeBetween(1, models / 2);
    }
  }
}
