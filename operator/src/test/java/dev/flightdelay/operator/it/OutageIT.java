package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.WriteFault;
import dev.flightdelay.operator.faults.WriteFault.Applied;
import dev.flightdelay.operator.faults.Writes;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server refuses, is gone, or loses events; then it is well again, and nobody says so. */
class OutageIT {
  /** The longest time between two looks at a model; the default is 5 minutes. */
  private static final Duration RESYNC = Duration.ofSeconds(15);

  private static final Duration STARTED = Duration.ofSeconds(90);

  private OperatorEnvironment environment;

  @BeforeEach
  void start() {
    environment =
        OperatorEnvironment.start("outage", Map.of("OPERATOR_RESYNC", RESYNC.toSeconds() + "s"));
    // What it says of the faults is right; that it goes on is what counts here.
    environment.operator().expect(".*");
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void convergesAfterAllWritesHaveFailedForLong() {
    Instant start = Instant.now();
    try (Fault _ =
        environment.proxy().failWrites(Writes.all(), WriteFault.internalError(Applied.NO))) {
      environment.apply(Model.named("flights").version("v1", 100));
      await()
          .pollDelay(FaultTimes.OUTAGE)
          .atMost(FaultTimes.OUTAGE.plusSeconds(5))
          .until(() -> true);
      long seconds = Duration.between(start, Instant.now()).toSeconds();
      assertThat(environment.proxy().writes().size())
          .as("less than two writes a second")
          .isBetween(1, (int) (2 * seconds));
    }

    // The longest pause between two tries is a minute.
    environment.awaitCondition("flights", "Ready", "True", Duration.ofSeconds(90));
    environment.awaitQuiet(FaultTimes.QUIET);
  }

  @Test
  void waitsAsLongAsTheApiServerAsksIt() {
    Duration wait = Duration.ofSeconds(4);
    List<Write> refused;
    try (Fault _ = environment.proxy().failWrites(Writes.all(), WriteFault.tooManyRequests(wait))) {
      environment.apply(Model.named("flights").version("v1", 100));
      await().pollDelay(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(25)).until(() -> true);
      refused = environment.writes();
    }

    assertThat(refused).isNotEmpty();
    refused.stream()
        .map(Write::object)
        .distinct()
        .forEach(
            object -> {
              List<Instant> tries =
                  refused.stream()
                      .filter(write -> write.object().equals(object))
                      .map(Write::at)
                      .toList();
              for (int i = 1; i < tries.size(); i++) {
                assertThat(Duration.between(tries.get(i - 1), tries.get(i)))
                    .as("between tries to write " + object)
                    .isGreaterThanOrEqualTo(wait.minusMillis(100));
              }
            });
    environment.awaitCondition("flights", "Ready", "True", Duration.ofSeconds(90));
  }

  @Test
  void findsOutThatItWasNotToldAndRepairsAfterTheRestartThatItAsksFor() {
    environment.apply(Model.named("flights").version("v1", 100));
    environment.awaitReady("flights");
    Resource<Service> service =
        environment.client().services().inNamespace(environment.namespace()).withName("flights-v1");
    try (Fault _ = environment.proxy().dropEvents(event -> event.resource().equals("services"))) {
      service.delete();
      await("it is not alive")
          .atMost(RESYNC.plusSeconds(60))
          .ignoreExceptions()
          .until(() -> environment.operator().get("/actuator/health/liveness").startsWith("503"));
    }

    // As the kubelet does.
    environment.operator().terminate();
    environment.operator().start();

    await("the Service is back").atMost(STARTED).until(() -> service.get() != null);
    environment.awaitReady("flights");
  }

  @Test
  void goesOnAfterTheApiServerWasGone() throws Exception {
    environment.apply(Model.named("first").version("v1", 100));
    environment.awaitReady("first");
    Fault outage = environment.proxy().outage();
    environment.apply(Model.named("second").version("v1", 100));
    environment
        .client()
        .services()
        .inNamespace(environment.namespace())
        .withName("first-v1")
        .delete();
    await().pollDelay(FaultTimes.OUTAGE).atMost(FaultTimes.OUTAGE.plusSeconds(5)).until(() -> true);
    assertThat(environment.operator().isAlive()).isTrue();

    outage.close();

    environment.awaitCondition("second", "Ready", "True", Duration.ofSeconds(60));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                environment
                        .client()
                        .services()
                        .inNamespace(environment.namespace())
                        .withName("first-v1")
                        .get()
                    != null);
  }
}
