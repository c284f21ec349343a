package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.cluster.FakeKubelet;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a model is told that asks for something it does not get: what goes on serving, and where.
 */
class RefusedIT {
  private static final Duration TOLD = Duration.ofSeconds(30);
  private static final String HOLD = "somebody.example/hold";

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("refused");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void keepsTellingItsOwnAddressWhereTheHostItWantsIsTaken() {
    Model first = Model.named("first").version("v1", 100);
    Model second = Model.named("second").version("v1", 100);
    environment.apply(first.with("expose: {host: first.example.com}"));
    environment.apply(second.with("expose: {host: second.example.com}"));
    environment.awaitReady("first");
    environment.awaitReady("second");

    environment.apply(second.with("expose: {host: first.example.com}"));

    Condition exposed = told("second", "Exposed", "HostConflict");
    FlightDelayModelStatus status = environment.model("second").get().getStatus();
    assertThat(status.url()).isEqualTo("http://second.example.com/v2/models/second");
    assertThat(status.versions())
        .extracting(VersionStatus::url)
        .containsExactly("http://second.example.com/v2/models/second/versions/v1");
    assertThat(status.traffic()).isEqualTo("v1=100");
    assertThat(exposed.getStatus()).isEqualTo("False");
    assertThat(exposed.getMessage()).contains("http://second.example.com/v2/models/second");
  }

  @Test
  void saysWhatServesWhereTheImageThatIsAskedForIsNotAllowed() {
    Model live = Model.named("live").version("v1", 100);
    environment.apply(live);
    environment.awaitReady("live");
    FlightDelayModelStatus before = environment.model("live").get().getStatus();

    environment.apply(live.version("v2", 0).with("predictor: {image: evil.example/miner}"));

    Condition ready = told("live", "Ready", "NotAllowed");
    FlightDelayModelStatus status = environment.model("live").get().getStatus();
    assertThat(ready.getStatus()).isEqualTo("False");
    VersionStatus serving = status.versions().getFirst();
    assertThat(serving.phase()).as(serving.message()).isEqualTo(Phase.Ready);
    assertThat(serving).isEqualTo(before.versions().getFirst());
    assertThat(status.versions().getLast().phase()).isEqualTo(Phase.Failed);
    assertThat(status.url()).isEqualTo(before.url());
    assertThat(status.traffic()).isEqualTo("v1=100");
    Condition exposed = environment.condition("live", "Exposed").orElseThrow();
    assertThat(exposed.getStatus()).as(exposed.getMessage()).isEqualTo("True");
  }

  @Test
  void tellsOfNoPodsThatAreMadeBeforeTheyAre() {
    Model never = Model.named("never").version("v1", 100);
    environment
        .kubelet()
        .let(FakeKubelet.of("never", "v1"), PodBehaviour.servesAfter(Duration.ofSeconds(2)));
    environment.apply(never.with("predictor: {image: evil.example/miner}"));
    told("never", "Ready", "NotAllowed");
    environment.awaitQuiet(Duration.ofSeconds(1));

    assertThat(events("never")).isNotEmpty().noneMatch(message -> message.contains("being made"));

    environment.apply(never);

    environment.awaitReady("never");
    assertThat(events("never")).contains("v1: its pods are being made");
  }

  @Test
  void isNotReadyWhereAnothersFinalizerHoldsWhatIsBeingDeleted() {
    environment.apply(Model.named("held").version("v1", 100));
    environment.awaitReady("held");
    hold(environment.model("held"), HOLD);
    environment.delete("held");
    // Until the deletion is seen, what is missing is made anew.
    Condition ready = told("held", "Ready", "Deleting");

    environment.client().apps().deployments().inNamespace(namespace()).withName("held-v1").delete();

    assertThat(ready.getStatus()).isEqualTo("False");
    assertThat(ready.getMessage()).contains(HOLD);
    await("nothing serves")
        .atMost(TOLD)
        .untilAsserted(
            () -> {
              FlightDelayModelStatus status = environment.model("held").get().getStatus();
              assertThat(status.readyReplicas()).isZero();
              assertThat(status.versions())
                  .extracting(VersionStatus::phase)
                  .doesNotContain(Phase.Ready);
            });
    release(environment.model("held"));
    await("it is gone").atMost(TOLD).until(() -> environment.model("held").get() == null);
  }

  @Test
  void waitsForWhatTheModelOfItsNameBeforeHasLeft() {
    Model again = Model.named("again").version("v1", 100);
    environment.apply(again);
    environment.awaitReady("again");
    var deployment =
        environment.client().apps().deployments().inNamespace(namespace()).withName("again-v1");
    hold(deployment, HOLD);
    environment.delete("again");
    await().atMost(TOLD).until(() -> environment.model("again").get() == null);

    environment.apply(again);

    Condition ready = told("again", "Ready", "PredecessorRemains");
    assertThat(ready.getStatus()).isEqualTo("False");
    assertThat(ready.getMessage()).contains("Deployment again-v1", HOLD);
    assertThat(environment.model("again").get().getStatus().versions())
        .extracting(VersionStatus::phase)
        .containsExactly(Phase.Pending);
    release(deployment);
    environment.awaitReady("again");
  }

  private static String namespace() {
    return environment.namespace();
  }

  /** Somebody else's finalizer: the object stays until it is taken away. */
  private static void hold(Resource<? extends HasMetadata> object, String finalizer) {
    object.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\":{\"finalizers\":[\"%s\"]}}".formatted(finalizer));
  }

  private static void release(Resource<? extends HasMetadata> object) {
    object.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
  }

  private static List<String> events(String model) {
    return environment
        .client()
        .v1()
        .events()
        .inNamespace(namespace())
        .withField("involvedObject.name", model)
        .list()
        .getItems()
        .stream()
        .map(Event::getMessage)
        .toList();
  }

  /** The condition, once it has this reason. */
  private static Condition told(String model, String type, String reason) {
    await(reason)
        .atMost(TOLD)
        .untilAsserted(
            () ->
                assertThat(environment.condition(model, type))
                    .hasValueSatisfying(
                        condition -> assertThat(condition.getReason()).isEqualTo(reason)));
    return environment.condition(model, type).orElseThrow();
  }
}
