package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.cluster.FakeKubelet;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One version follows another where the pods for it do not come by themselves. */
class RolloutIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NO_DRAIN = "drainSeconds: 0";
  private static final String ROUTE = "expose: {type: HTTPRoute, parentRefs: [{name: gateway}]}";

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("rollout");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void givesAVersionThatOthersScaleWhatItsReadyPodsCarry() {
    Model external =
        Model.named("external").with(ROUTE).with("autoscaling: {mode: External}").with(NO_DRAIN);
    environment.apply(external.version("v1", 100));
    environment.awaitTraffic("external", "v1=100");
    scale("external-v1", 4);

    environment.apply(external.version("v2", 100));

    environment.awaitTraffic("external", "v1=75,v2=25");
    environment.awaitQuiet(Duration.ofSeconds(2));
    assertThat(status("external").traffic()).isEqualTo("v1=75,v2=25");
    assertThat(environment.condition("external", "Ready"))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("False");
              assertThat(ready.getReason()).isEqualTo("WaitingForPods");
              assertThat(ready.getMessage()).contains("4", "kubectl", "scale");
            });
    scale("external-v2", 2);
    environment.awaitTraffic("external", "v1=50,v2=50");
    scale("external-v2", 4);
    environment.awaitTraffic("external", "v2=100");
    environment.awaitReady("external");
  }

  @Test
  void keepsAnIngressWithAVersionUntilTheNextHasThePodsOrIsPromoted() {
    Model external = Model.named("whole").with("autoscaling: {mode: External}").with(NO_DRAIN);
    environment.apply(external.version("v1", 100));
    environment.awaitReady("whole");
    scale("whole-v1", 3);

    environment.apply(external.version("v2", 100));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.condition("whole", "Ready"))
                    .hasValueSatisfying(
                        ready ->
                            assertThat(ready.getMessage())
                                .contains(
                                    "kubectl -n %s scale deployment/whole-v2 --replicas=3"
                                        .formatted(environment.namespace()))));
    environment.awaitQuiet(Duration.ofSeconds(2));
    assertThat(status("whole").traffic()).isEqualTo("v1=100");
    String command = "v2@" + Model.sha256("v2").substring(0, 8);
    annotate("whole", command);
    environment.awaitTraffic("whole", "v2=100");
    environment.awaitReady("whole");
    // What was obeyed is not obeyed again.
    scale("whole-v2", 3);
    environment.apply(external.version("v2", 0).version("v3", 100));
    await("v3 is waited for")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(message("whole", "v3")).contains("3"));
    scale("whole-v3", 3);
    environment.awaitTraffic("whole", "v3=100");
    scale("whole-v2", 1);
    environment.apply(external.version("v2", 100).version("v3", 0));
    await("v2 is waited for")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(message("whole", "v2")).contains("3"));
    environment.awaitQuiet(Duration.ofSeconds(2));
    assertThat(status("whole").traffic()).isEqualTo("v3=100");
  }

  @Test
  void splitsByTheFixedNumberOfPodsWhereItDoesNotSuffice() {
    Model fixed = Model.named("fixed").with(ROUTE).with(NO_DRAIN);
    environment.apply(fixed.version("v1", 100, "autoscaling: {mode: None, minReplicas: 4}"));
    environment.awaitReady("fixed");

    environment.apply(fixed.version("v2", 100, "autoscaling: {mode: None, minReplicas: 2}"));

    environment.awaitTraffic("fixed", "v1=50,v2=50");
    assertThat(message("fixed", "v2")).contains("minReplicas", "4");
    environment.apply(fixed.version("v2", 100, "autoscaling: {mode: None, minReplicas: 4}"));
    environment.awaitTraffic("fixed", "v2=100");
    environment.awaitReady("fixed");
  }

  @Test
  void takesARemovedVersionAwayWhoseDeploymentLostALabel() {
    Map<String, String> lost =
        Map.of("lost-a", "managed-by", "lost-b", "instance", "lost-c", "version");
    lost.keySet().forEach(name -> environment.apply(draining(name, 5).version("v1", 100)));
    lost.keySet().forEach(environment::awaitReady);
    lost.keySet().forEach(name -> environment.apply(draining(name, 5).version("v2", 100)));

    lost.forEach(
        (name, label) -> {
          environment.awaitTraffic(name, "v2=100");
          deployment(name + "-v1")
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  "{\"metadata\":{\"labels\":{\"app.kubernetes.io/%s\":null}}}".formatted(label));
        });

    await("v1 is gone")
        .atMost(SOON)
        .until(
            () -> lost.keySet().stream().allMatch(name -> deployment(name + "-v1").get() == null));
    lost.keySet().forEach(environment::awaitReady);
  }

  @Test
  void takesARemovedVersionAwayWhoseDeploymentLostItsLabelsWhileNobodyLooked() {
    Model model = draining("unseen", 2);
    environment.apply(model.version("v1", 100));
    environment.awaitReady("unseen");
    environment.apply(model.version("v2", 100));
    environment.awaitTraffic("unseen", "v2=100");
    environment.operator().kill();
    deployment("unseen-v1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":null}}");

    environment.operator().start();
    environment.operator().awaitReady();

    await("v1 is gone").atMost(SOON).until(() -> deployment("unseen-v1").get() == null);
    environment.awaitReady("unseen");
  }

  /** An operator that ends between the first child and the first status has told of no version. */
  @Test
  void takesARemovedVersionAwayThatNoStatusToldOfAndWhoseDeploymentLostItsLabels() {
    Model model = draining("untold", 1);
    // No traffic has gone there, so that it would be gone in one step.
    environment.kubelet().let(FakeKubelet.of("untold", "v1"), new PodBehaviour.StaysPending());
    environment.apply(model.version("v1", 100));
    await("v1 has all of its children")
        .atMost(SOON)
        .until(() -> own(PodDisruptionBudget.class, "untold-v1").get() != null);
    environment.awaitQuiet(Duration.ofSeconds(1));
    environment.operator().kill();
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    deployment("untold-v1").patch(merge, "{\"metadata\":{\"labels\":null}}");
    environment.model("untold").subresource("status").patch(merge, "{\"status\":null}");
    environment.apply(model.version("v2", 100));

    environment.operator().start();
    environment.operator().awaitReady();

    await("v1 is gone").atMost(SOON).until(() -> deployment("untold-v1").get() == null);
    environment.awaitReady("untold");
  }

  @Test
  void takesARemovedVersionAwayWhoseDeploymentLostItsOwnerWhileNobodyLooked() {
    Model model = draining("ownerless", 1);
    environment.apply(model.version("v1", 100));
    environment.awaitReady("ownerless");
    environment.operator().kill();
    deployment("ownerless-v1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"ownerReferences\":null}}");
    environment.apply(model.version("v2", 100));

    environment.operator().start();
    environment.operator().awaitReady();

    await("v1 is gone").atMost(SOON).until(() -> deployment("ownerless-v1").get() == null);
    environment.awaitReady("ownerless");
  }

  @Test
  void takesAwayWhatIsNotAskedForAnyMoreThoughItLostItsLabelsWhileNobodyLooked() {
    Model model = Model.named("unasked").version("v1", 100);
    environment.apply(model.with("autoscaling: {minReplicas: 1}"));
    environment.awaitReady("unasked");
    Resource<HorizontalPodAutoscaler> autoscaler = own(HorizontalPodAutoscaler.class, "unasked-v1");
    Resource<Ingress> ingress = own(Ingress.class, "unasked");
    environment.operator().kill();
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    autoscaler.patch(merge, "{\"metadata\":{\"labels\":null}}");
    ingress.patch(merge, "{\"metadata\":{\"labels\":null}}");
    environment.apply(
        model.with("autoscaling: {mode: None, minReplicas: 1}").with("expose: {type: None}"));

    environment.operator().start();
    environment.operator().awaitReady();

    await("the autoscaler is gone").atMost(SOON).until(() -> autoscaler.get() == null);
    await("the Ingress is gone").atMost(SOON).until(() -> ingress.get() == null);
    environment.awaitReady("unasked");
  }

  private static <R extends HasMetadata> Resource<R> own(Class<R> kind, String name) {
    return environment.client().resources(kind).inNamespace(environment.namespace()).withName(name);
  }

  @Test
  void saysWhichQuotaKeepsPodsAway() {
    Model model = Model.named("short").with("autoscaling: {mode: None, minReplicas: 2}");
    environment.apply(model.version("v1", 100));
    environment.awaitReady("short");
    // Two pods serve already: nothing is wrong but the replacement.
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("full")
            .endMetadata()
            .withNewSpec()
            .withHard(Map.of("pods", new Quantity("0")))
            .endSpec()
            .build();
    environment.client().resource(quota).inNamespace(environment.namespace()).create();
    try {
      environment.apply(model.version("v1", 100, "resources: {requests: {cpu: 200m}}"));

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(environment.condition("short", "Progressing"))
                      .hasValueSatisfying(
                          progressing -> {
                            assertThat(progressing.getReason()).isEqualTo("RolloutStuck");
                            assertThat(progressing.getMessage())
                                .contains("FailedCreate", "exceeded quota: full");
                          }));
      assertThat(message("short", "v1")).contains("FailedCreate", "exceeded quota: full");
      assertThat(told("short", "RolloutStuck")).contains("exceeded quota: full");
    } finally {
      environment.client().resource(quota).inNamespace(environment.namespace()).delete();
    }
    deployment("short-v1")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"again\":\"1\"}}}}}");
    environment.awaitReady("short");
  }

  @Test
  void saysThatADeploymentIsPaused() {
    Model model = Model.named("paused").with("autoscaling: {mode: None, minReplicas: 1}");
    environment.apply(model.version("v1", 100));
    environment.awaitReady("paused");
    deployment("paused-v1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"paused\":true}}");

    environment.apply(model.version("v1", 100, "resources: {requests: {cpu: 200m}}"));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.condition("paused", "Ready"))
                    .hasValueSatisfying(
                        ready -> {
                          assertThat(ready.getReason()).isEqualTo("RolloutStuck");
                          assertThat(ready.getMessage())
                              .contains("paused", "kubectl", "rollout resume");
                        }));
    deployment("paused-v1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"paused\":null}}");
    environment.awaitReady("paused");
  }

  private static Model draining(String name, int seconds) {
    return Model.named(name).with("autoscaling: {minReplicas: 1}").with("drainSeconds: " + seconds);
  }

  private static void scale(String deployment, int replicas) {
    deployment(deployment).scale(replicas);
    await(deployment + " has " + replicas + " pods")
        .atMost(SOON)
        .until(
            () -> {
              Integer ready = deployment(deployment).get().getStatus().getReadyReplicas();
              return ready != null && ready == replicas;
            });
  }

  private static RollableScalableResource<Deployment> deployment(String name) {
    return environment
        .client()
        .apps()
        .deployments()
        .inNamespace(environment.namespace())
        .withName(name);
  }

  private static void annotate(String model, String promote) {
    environment
        .model(model)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"flightdelay.dev/promote\":\"%s\"}}}"
                .formatted(promote));
  }

  private static FlightDelayModelStatus status(String model) {
    return environment.model(model).get().getStatus();
  }

  private static String message(String model, String version) {
    return status(model).versions().stream()
        .filter(each -> each.name().equals(version))
        .map(VersionStatus::message)
        .findFirst()
        .orElse("");
  }

  private static String told(String model, String reason) {
    return environment
        .client()
        .v1()
        .events()
        .inNamespace(environment.namespace())
        .withField("involvedObject.name", model)
        .withField("reason", reason)
        .list()
        .getItems()
        .stream()
        .filter(event -> "Warning".equals(event.getType()))
        .map(Event::getMessage)
        .findFirst()
        .orElse("");
  }
}
