package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlIT {

  private static final String SHA256 = "a".repeat(64);
  private static final String MODEL =
      """
      apiVersion: flightdelay.dev/v1alpha1
      kind: FlightDelayModel
      metadata: {name: flight-delay, namespace: default}
      spec:
        versions:
          - name: v1
            model: {uri: "configmap://pickles/v1.pkl", sha256: %s}
            traffic: 100
      """
          .formatted(SHA256);
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default, labels: {app: web}}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: web, image: web, env: [{name: A, value: "1"}, {name: B, value: "2"}]}
      """;

  @TempDir Path folder;
  private final RunningApi api = new RunningApi();
  private Kubectl kubectl;

  @BeforeEach
  void define() {
    api.define();
    kubectl = new Kubectl(api.url(), folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void appliesGetsDescribesExplainsAndDeletesAModel() {
    assertThat(kubectl.withInput(MODEL, "apply", "-f", "-").ok().output()).contains("created");
    String version = version();
    kubectl.withInput(MODEL, "apply", "-f", "-").ok();
    assertThat(version()).isEqualTo(version);
    assertThat(
            kubectl
                .withInput(MODEL.replace("traffic: 100", "traffic: 99"), "apply", "-f", "-")
                .ok()
                .output())
        .contains("configured");

    assertThat(kubectl.run("get", "fdm").ok().output())
        .contains("NAME", "READY", "TRAFFIC", "REPLICAS", "URL", "AGE", "flight-delay");
    assertThat(kubectl.run("get", "all").ok().output())
        .contains("flightdelaymodel.flightdelay.dev/flight-delay");
    assertThat(kubectl.run("describe", "fdm", "flight-delay").ok().output())
        .contains("configmap://pickles/v1.pkl")
        .containsPattern("Traffic: +99");
    assertThat(kubectl.run("explain", "fdm.spec.versions.traffic").ok().output())
        .contains("FIELD: traffic");
    assertThat(kubectl.run("delete", "fdm", "flight-delay", "--timeout=10s").ok().output())
        .contains("deleted");
    assertThat(kubectl.run("get", "fdm").ok().output()).contains("No resources found");
  }

  private String version() {
    return kubectl
        .run("get", "fdm", "flight-delay", "-o", "jsonpath={.metadata.resourceVersion}")
        .ok()
        .output();
  }

  @Test
  void refusesWhatTheSchemaForbidsAndNamesTheField() {
    assertThat(
            kubectl
                .withInput(MODEL.replace("traffic: 100", "trafic: 100"), "apply", "-f", "-")
                .output())
        .contains("unknown field \"spec.versions[0].trafic\"");
    assertThat(
            kubectl
                .withInput(MODEL.replace("traffic: 100", "traffic: 101"), "apply", "-f", "-")
                .output())
        .contains(
            "The FlightDelayModel \"flight-delay\" is invalid",
            "spec.versions[0].traffic: Invalid value: 101",
            "should be less than or equal to 100");
    assertThat(kubectl.withInput(MODEL.replace(SHA256, "abc"), "apply", "-f", "-").output())
        .contains("spec.versions[0].model.sha256");
  }

  @Test
  void appliesABuiltInKindAgainByTheServerAndByTheClient() {
    assertThat(kubectl.withInput(DEPLOYMENT, "apply", "-f", "-").ok().output()).contains("created");
    String changed = DEPLOYMENT.replace(", {name: B, value: \"2\"}", ", {name: C, value: \"3\"}");
    assertThat(kubectl.withInput(changed, "apply", "-f", "-").ok().output()).contains("configured");
    assertThat(kubectl.run("get", "deploy", "web", "-o", "jsonpath={..env[*].name}").ok().output())
        .isEqualTo("A C");

    assertThat(
            kubectl
                .withInput(changed, "apply", "--server-side", "--force-conflicts", "-f", "-")
                .ok()
                .output())
        .contains("serverside-applied");
    assertThat(kubectl.run("label", "deploy", "web", "tier=front").ok().output())
        .contains("labeled");
    assertThat(kubectl.run("get", "deploy", "-l", "tier in (front)").ok().output()).contains("web");
    assertThat(kubectl.run("get", "deploy", "-l", "tier!=front").ok().output())
        .contains("No resources found");
  }

  @Test
  void watchesAndWaits() {
    kubectl.withInput(MODEL, "apply", "-f", "-").ok();

    assertThat(
            kubectl
                .run(
                    "wait",
                    "--for=jsonpath={.spec.versions[0].traffic}=100",
                    "fdm/flight-delay",
                    "--timeout=10s")
                .ok()
                .output())
        .contains("condition met");
    assertThat(kubectl.run("wait", "--for=condition=established", "crd", "--all").ok().output())
        .contains("condition met");
  }

  @Test
  void saysWhatItDoesNotHave() {
    assertThat(kubectl.run("get", "fdm", "absent").output())
        .contains("flightdelaymodels.flightdelay.dev \"absent\" not found");
    assertThat(kubectl.run("get", "cronjobs").output())
        .contains("the server doesn't have a resource type \"cronjobs\"");
  }
}
