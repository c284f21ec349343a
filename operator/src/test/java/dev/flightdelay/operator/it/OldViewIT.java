package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.Write.Operation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator starts with a view of a time in which a model of that name was another one. */
class OldViewIT {
  private static final Duration COLLECTED = Duration.ofSeconds(60);

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
  void deletesNothingOfTheNewOneWhenItStartsWithAnOldView() {
    environment.operator().kill();
    String revision =
        environment
            .client()
            .configMaps()
            .inNamespace(environment.namespace())
            .list()
            .getMetadata()
            .getResourceVersion();
    environment.delete("flights");
    awaitGone();
    Model both = Model.named("flights").with("expose: {type: None}");
    environment.operator().start();
    environment.operator().awaitReady();
    environment.apply(both.version("v1", 50).version("v2", 50));
    environment.awaitReady("flights");
    environment.operator().kill();
    List<String> before = uids();
    int writes = environment.proxy().writes().size();

    try (Fault _ = environment.proxy().serveStale(revision)) {
      environment.operator().expect(".*");
      environment.operator().start();
      environment.operator().awaitReady();
      await()
          .pollDelay(Duration.ofSeconds(10))
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(uids()).isEqualTo(before));
    }

    environment.awaitReady("flights");
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(uids()).isEqualTo(before);
    assertThat(environment.proxy().writes().subList(writes, environment.proxy().writes().size()))
        .filteredOn(Write::isApplied)
        .extracting(Write::operation)
        .doesNotContain(Operation.DELETE);
  }

  private void awaitGone() {
    await("the model and its children are gone")
        .atMost(COLLECTED)
        .until(() -> environment.model("flights").get() == null && children().isEmpty());
  }

  private List<HasMetadata> children() {
    return Stream.of(Deployment.class, Service.class, Ingress.class)
        .flatMap(kind -> environment.list(kind).stream())
        .map(HasMetadata.class::cast)
        .toList();
  }

  private List<String> uids() {
    return children().stream().map(c -> c.getKind() + "/" + c.getMetadata().getUid()).toList();
  }
}
