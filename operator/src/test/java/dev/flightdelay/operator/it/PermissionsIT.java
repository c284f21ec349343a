package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightdelay.operator.cluster.FakeKubelet;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The Role is exactly what the operator needs, and the operator says what is missing where it is
 * less.
 */
class PermissionsIT {
  private OperatorEnvironment environment;

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void needsEveryVerbOfItsRoleAndNoOther() throws IOException {
    environment =
        OperatorEnvironment.start("permissions", Map.of("OPERATOR_LEADERELECTION", "true"));
    Model split =
        Model.named("split")
            .with("expose: {type: HTTPRoute, parentRefs: [{name: gateway}]}")
            .with("drainSeconds: 0");
    // A route with two versions, one of which is removed again; then an Ingress in the route's
    // place.
    environment.apply(split.version("v1", 90).version("v2", 10));
    environment.awaitTraffic("split", "v1=90,v2=10");
    environment.apply(split.version("v1", 100));
    await("v2 is gone")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                environment
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(environment.namespace())
                        .withName("split-v2")
                        .get()
                    == null);
    Model ingress = Model.named("split").version("v1", 100);
    environment.apply(ingress);
    environment.awaitReady("split");
    environment.apply(ingress.with("expose: {type: None}"));
    environment.awaitReady("split");
    // The autoscaler and the budget of a single pod are not needed any more.
    environment.apply(
        ingress.with("expose: {type: None}").with("autoscaling: {mode: None, minReplicas: 1}"));
    environment.awaitReady("split");
    tellsTheSameTwice();
    passesOnWhyAPodHasNoContainer();
    environment.awaitQuiet(Duration.ofSeconds(2));

    String user = "system:serviceaccount:" + environment.namespace() + ":flight-delay-operator";
    Set<String> used = new TreeSet<>();
    List<String> refused = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(environment.server().auditLog())) {
      JsonNode event = json.readTree(line);
      JsonNode object = event.path("objectRef");
      // Everyone may ask what he may do, and find out what there is.
      if (!event.at("/user/username").asText().equals(user)
          || object.isMissingNode()
          || object.path("resource").asText().endsWith("reviews")) {
        continue;
      }
      String resource =
          object.path("apiGroup").asText()
              + "/"
              + object.path("resource").asText()
              + (object.has("subresource") ? "/" + object.get("subresource").asText() : "");
      int code = event.at("/responseStatus/code").asInt();
      if (code == 403) {
        refused.add(event.path("verb").asText() + " " + resource);
      }
      used.add(event.path("verb").asText() + " " + resource);
      if (code == 201) {
        used.add("create " + resource);
      }
    }

    assertThat(refused).as("refused").isEmpty();
    assertThat(granted()).as("granted and used").containsExactlyInAnyOrderElementsOf(used);
  }

  private void tellsTheSameTwice() {
    Model model = Model.named("refused").version("v1", 100);
    int times = 3;
    for (int i = 0; i < times; i++) {
      environment.apply(model.with("predictor: {image: evil.example/miner}"));
      environment.awaitCondition("refused", "Ready", "False", Duration.ofSeconds(30));
      environment.apply(model);
      environment.awaitReady("refused");
    }
    assertThat(
            environment
                .client()
                .v1()
                .events()
                .inNamespace(environment.namespace())
                .withField("involvedObject.name", "refused")
                .list()
                .getItems())
        // Of the version it is told once: later its pods serve on.
        .filteredOn(event -> event.getMessage().startsWith("spec.predictor.image"))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.getCount()).isEqualTo(times));
  }

  private void passesOnWhyAPodHasNoContainer() {
    String why = "secret \"keys\" not found";
    environment
        .kubelet()
        .let(FakeKubelet.of("keyless", "v1"), new PodBehaviour.GetsNoContainer("FailedMount", why));
    environment.apply(Model.named("keyless").version("v1", 100).with("auth: {apiKeySecret: keys}"));
    await(why)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(environment.condition("keyless", "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getMessage()).contains(why)));
  }

  private static Set<String> granted() {
    Set<String> granted = new TreeSet<>();
    for (PolicyRule rule : OperatorEnvironment.rules()) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          rule.getVerbs().forEach(verb -> granted.add(verb + " " + group + "/" + resource));
        }
      }
    }
    return granted;
  }

  @Test
  void saysWhichVerbIsMissingAndGoesOnOnceItIsGranted() {
    environment = OperatorEnvironment.start("cut");
    environment.operator().expect(".*");
    for (String resource : List.of("services", "deployments", "ingresses")) {
      String model = "without-" + resource;
      environment.permit(without(resource, "patch"));

      environment.apply(Model.named(model).version("v1", 100));

      await("told of " + resource)
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(environment.condition(model, "Ready"))
                      .hasValueSatisfying(
                          ready -> {
                            assertThat(ready.getStatus()).isNotEqualTo("True");
                            assertThat(ready.getReason()).isEqualTo("Forbidden");
                            assertThat(ready.getMessage()).contains("patch", resource);
                          }));
      assertThat(environment.operator().isAlive()).isTrue();
      environment.permit(OperatorEnvironment.rules());
      environment.awaitReady(model);
    }
  }

  private static List<PolicyRule> without(String resource, String verb) {
    List<PolicyRule> rules = new ArrayList<>();
    for (PolicyRule rule : OperatorEnvironment.rules()) {
      for (String each : rule.getResources()) {
        rules.add(
            new PolicyRuleBuilder(rule)
                .withResources(each)
                .withVerbs(
                    rule.getVerbs().stream()
                        .filter(v -> !each.equals(resource) || !v.equals(verb))
                        .toList())
                .build());
      }
    }
    return rules;
  }
}
