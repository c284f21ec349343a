package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing happens where nothing has to happen. */
class SteadyStateIT {
  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("steady");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void writesNothingOnceAModelIsReady() {
    Model model = Model.named("flights").version("v1", 100);
    environment.apply(model);
    environment.awaitReady("flights");
    environment.awaitQuiet(Duration.ofSeconds(2));
    int before = environment.writes().size();

    for (int i = 0; i < 100; i++) {
      environment.apply(model);
    }
    environment
        .model("flights")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"team\":\"ops\"}}}");

    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(environment.writes()).hasSize(before);
    FlightDelayModel stored = environment.model("flights").get();
    assertThat(stored.getStatus().versions().getFirst().sha256()).isEqualTo(Model.sha256("v1"));
  }
}
