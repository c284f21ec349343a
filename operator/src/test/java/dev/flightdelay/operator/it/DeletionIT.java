package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model goes, in every way in which an object can go. */
class DeletionIT {
  private static final Duration COLLECTED = Duration.ofSeconds(60);

  private static OperatorEnvironment environment;
  private static int models;

  private String flights;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("deletion");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  /** Of a name of its own: what another one has left is not this one's. */
  @BeforeEach
  void apply() {
    flights = "flights" + ++models;
    environment.apply(Model.named(flights).version("v1", 100));
    environment.awaitReady(flights);
  }

  @ParameterizedTest
  @EnumSource(
      value = DeletionPropagation.class,
      names = {"BACKGROUND", "FOREGROUND"})
  void takesItsChildrenAlong(DeletionPropagation policy) {
    environment.model(flights).withPropagationPolicy(policy).delete();

    awaitGone();
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(children()).isEmpty();
  }

  @Test
  void needsNoOperatorToGo() {
    environment.operator().kill();

    environment.delete(flights);

    awaitGone();
    environment.operator().start();
    environment.operator().awaitReady();
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(children()).isEmpty();
  }

  @Test
  void leavesItsChildrenWhereTheyAreToBeOrphans() {
    List<String> before = names();

    environment.model(flights).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

    await().atMost(COLLECTED).until(() -> environment.model(flights).get() == null);
    environment.awaitQuiet(FaultTimes.QUIET);
    assertOrphaned(before);
  }

  @Test
  void adoptsNoOrphansOfModelWhoseDeletionItHasNotSeen() throws Exception {
    List<String> before = names();
    try (Fault _ =
        environment.proxy().freezeWatches(call -> call.path().contains("flightdelaymodels"))) {
      environment.model(flights).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
      await().atMost(COLLECTED).until(() -> environment.model(flights).get() == null);
      environment.awaitQuiet(FaultTimes.QUIET);
    }
    environment.awaitQuiet(FaultTimes.QUIET);

    assertOrphaned(before);
  }

  private void assertOrphaned(List<String> before) {
    assertThat(names()).isEqualTo(before);
    assertThat(children())
        .allSatisfy(c -> assertThat(c.getMetadata().getOwnerReferences()).isEmpty());
  }

  @Test
  void isNotTakenForTheOneOfTheSameNameBefore() {
    int times = FaultTimes.FULL ? 200 : 20;
    for (int i = 0; i < times; i++) {
      environment.delete(flights);
      environment.apply(Model.named(flights).version("v1", 100));
    }

    // Older Deployments may keep the name until the garbage collector has them.
    environment.awaitCondition(flights, "Ready", "True", COLLECTED.multipliedBy(2));
    String uid = environment.model(flights).get().getMetadata().getUid();
    await("only children of the last one are left")
        .atMost(COLLECTED)
        .untilAsserted(
            () ->
                assertThat(children())
                    .hasSize(3)
                    .allSatisfy(
                        child ->
                            assertThat(child.getMetadata().getOwnerReferences())
                                .singleElement()
                                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(uid))));
    environment.awaitQuiet(FaultTimes.QUIET);
    environment.awaitReady(flights);
  }

  private void awaitGone() {
    await("the model and its children are gone")
        .atMost(COLLECTED)
        .until(() -> environment.model(flights).get() == null && children().isEmpty());
  }

  private List<HasMetadata> children() {
    return Stream.of(Deployment.class, Service.class, Ingress.class)
        .flatMap(kind -> environment.list(kind).stream())
        .map(HasMetadata.class::cast)
        .filter(child -> (child.getMetadata().getName() + "-").startsWith(flights + "-"))
        .toList();
  }

  private List<String> names() {
    return children().stream().map(c -> c.getKind() + "/" + c.getMetadata().getName()).toList();
  }
}
