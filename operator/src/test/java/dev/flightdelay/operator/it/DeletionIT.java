package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.Write.Operation;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model goes, in every way in which an object can go. */
class DeletionIT {
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

  @ParameterizedTest
  @EnumSource(
      value = DeletionPropagation.class,
      names = {"BACKGROUND", "FOREGROUND"})
  void takesItsChildrenAlong(DeletionPropagation policy) {
    environment.model("flights").withPropagationPolicy(policy).delete();

    awaitGone();
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(children()).isEmpty();
  }

  @Test
  void needsNoOperatorToGo() {
    environment.operator().kill();

    environment.delete("flights");

    awaitGone();
    environment.operator().start();
    environment.operator().awaitReady();
    environment.awaitQuiet(FaultTimes.QUIET);
    assertThat(children()).isEmpty();
  }

  @Test
  void leavesItsChildrenWhereTheyAreToBeOrphans() {
    List<String> before = names();

    environment.model("flights").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

    await().atMost(COLLECTED).until(() -> environment.model("flights").get() == null);
    environment.awaitQuiet(FaultTimes.QUIET);
    assertOrphaned(before);
  }

  @Test
  void adoptsNoOrphansOfModelWhoseDeletionItHasNotSeen() throws Exception {
    List<String> before = names();
    try (Fault _ =
        environment.proxy().freezeWatches(call -> call.path().contains("flightdelaymodels"))) {
      environment.model("flights").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
      await().atMost(COLLECTED).until(() -> environment.model("flights").get() == null);
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

  @Test
  void isNotTakenForTheOneOfTheSameNameBefore() {
    int times = FaultTimes.FULL ? 200 : 20;
    for (int i = 0; i < times; i++) {
      environment.delete("flights");
      environment.apply(Model.named("flights").version("v1", 100));
    }

    // Older Deployments may keep the name until the garbage collector has them.
    environment.awaitCondition("flights", "Ready", "True", COLLECTED.multipliedBy(2));
    String uid = environment.model("flights").get().getMetadata().getUid();
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
    environment.awaitReady("flights");
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

  private List<String> names() {
    return children().stream().map(c -> c.getKind() + "/" + c.getMetadata().getName()).toList();
  }

  private List<String> uids() {
    return children().stream().map(c -> c.getKind() + "/" + c.getMetadata().getUid()).toList();
  }
}
