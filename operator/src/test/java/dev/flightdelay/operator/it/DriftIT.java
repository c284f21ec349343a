package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightdelay.operator.cluster.ClusterState;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody changes or deletes what the operator has made. */
class DriftIT {
  private static final Duration REPAIRED = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static OperatorEnvironment environment;

  /**
   * A child, and a change of one of its fields as a JSON merge patch.
   *
   * @param field where the field is, as a JSON pointer
   */
  record Drift(String apiVersion, String kind, String name, String field, String patch) {
    @Override
    public String toString() {
      return kind + " " + field;
    }
  }

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("drift");
    environment.apply(Model.named("flights").version("v1", 100));
    environment.awaitReady("flights");
    environment.apply(
        Model.named("split")
            .version("v1", 90)
            .version("v2", 10)
            .with("expose: {type: HTTPRoute, parentRefs: [{name: gateway}]}"));
    environment.awaitTraffic("split", "v1=90,v2=10");
    environment.awaitQuiet(Duration.ofSeconds(2));
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  static Stream<Drift> drifts() {
    String v1 = "flights-v1";
    return Stream.of(
        deployment(
            "/spec/template/spec/containers/0/image",
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"predictor\",\"image\":\"other\"}]}}}}"),
        deployment(
            "/spec/template/spec/automountServiceAccountToken",
            "{\"spec\":{\"template\":{\"spec\":{\"automountServiceAccountToken\":true}}}}"),
        deployment(
            "/spec/template/spec/terminationGracePeriodSeconds",
            "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":11}}}}"),
        deployment(
            "/metadata/labels/app.kubernetes.io~1part-of",
            "{\"metadata\":{\"labels\":{\"app.kubernetes.io/part-of\":\"other\"}}}"),
        deployment("/metadata/ownerReferences", "{\"metadata\":{\"ownerReferences\":null}}"),
        new Drift(
            "v1",
            "Service",
            v1,
            "/spec/selector",
            "{\"spec\":{\"selector\":{\"app.kubernetes.io/version\":\"v9\"}}}"),
        new Drift(
            "v1",
            "Service",
            v1,
            "/metadata/labels/app.kubernetes.io~1managed-by",
            "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}"),
        new Drift(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            v1,
            "/spec/minReplicas",
            // Not more than there are: the cluster's autoscaler would make pods, and keep them.
            "{\"spec\":{\"minReplicas\":1}}"),
        new Drift(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            v1,
            "/spec/maxReplicas",
            "{\"spec\":{\"maxReplicas\":99}}"),
        new Drift(
            "policy/v1",
            "PodDisruptionBudget",
            v1,
            "/spec/maxUnavailable",
            "{\"spec\":{\"maxUnavailable\":9}}"),
        new Drift(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            v1,
            "/spec/egress",
            "{\"spec\":{\"egress\":[{}]}}"),
        new Drift(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            v1,
            "/spec/ingress",
            "{\"spec\":{\"ingress\":[{}]}}"),
        new Drift(
            "networking.k8s.io/v1",
            "Ingress",
            "flights",
            "/spec/rules",
            "{\"spec\":{\"rules\":[{\"host\":\"evil.example\"}]}}"),
        new Drift(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "split",
            "/spec/parentRefs",
            "{\"spec\":{\"parentRefs\":[{\"name\":\"other\"}]}}"),
        new Drift(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "split",
            "/spec/hostnames",
            "{\"spec\":{\"hostnames\":[\"evil.example\"]}}"),
        new Drift(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "split",
            "/metadata/annotations/flightdelay.dev~1served-before",
            "{\"metadata\":{\"annotations\":{\"flightdelay.dev/served-before\":\"v9=1\"}}}"));
  }

  private static Drift deployment(String field, String patch) {
    return new Drift("apps/v1", "Deployment", "flights-v1", field, patch);
  }

  static Stream<Drift> children() {
    return drifts()
        .collect(
            Collectors.toMap(
                drift -> drift.kind + drift.name,
                drift -> drift,
                (first, _) -> first,
                LinkedHashMap::new))
        .values()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void putsAChangedFieldBackAndLeavesOthersLabelsAlone(Drift drift) {
    Resource<GenericKubernetesResource> child = child(drift);
    child.patch(
        PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"mesh\":\"on\"}}}");
    JsonNode good = JSON.valueToTree(child.get());
    String uid = child.get().getMetadata().getUid();

    // A strategic merge where the kind has one, as kubectl edit would: lists keep their other
    // fields.
    PatchType type =
        drift.kind.equals("HTTPRoute") ? PatchType.JSON_MERGE : PatchType.STRATEGIC_MERGE;
    GenericKubernetesResource changed = child.patch(PatchContext.of(type), drift.patch);

    assertThat(JSON.valueToTree(changed).at(drift.field).toString())
        .as("it was changed")
        .isNotEqualTo(good.at(drift.field).toString());
    await(drift + " is back")
        .atMost(REPAIRED)
        .untilAsserted(
            () ->
                assertThat(JSON.valueToTree(child.get()).at(drift.field).toString())
                    .isEqualTo(good.at(drift.field).toString()));
    assertThat(child.get().getMetadata().getUid()).isEqualTo(uid);
    assertThat(child.get().getMetadata().getLabels()).containsEntry("mesh", "on");
  }

  @ParameterizedTest
  @MethodSource("children")
  void makesADeletedChildAnewAndNoOther(Drift drift) {
    String model = drift.name.split("-")[0];
    environment.awaitQuiet(Duration.ofSeconds(1));
    ClusterState before = environment.state(model);
    Resource<GenericKubernetesResource> child = child(drift);
    String uid = child.get().getMetadata().getUid();

    child.delete();

    await(drift.kind + " is back")
        .atMost(REPAIRED)
        .until(() -> child.get() != null && !child.get().getMetadata().getUid().equals(uid));
    await(drift.kind + " is the same")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(withoutMesh(environment.state(model))).isEqualTo(withoutMesh(before)));
  }

  /** Somebody else's label goes with the object that is deleted. */
  private static Map<String, String> withoutMesh(ClusterState state) {
    return state.objects().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                object -> object.getValue().replaceAll(",\\s*\"mesh\" : \"on\"", "")));
  }

  private static Resource<GenericKubernetesResource> child(Drift drift) {
    return environment
        .client()
        .genericKubernetesResources(drift.apiVersion, drift.kind)
        .inNamespace(environment.namespace())
        .withName(drift.name);
  }
}
