package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Write;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admission policy of the cluster changes what the operator writes. */
class PolicyIT {

  private OperatorEnvironment environment;
  private List<HasMetadata> policy;

  @BeforeEach
  void start() {
    environment = OperatorEnvironment.start("policy");
    policy =
        environment
            .client()
            .load(
                new ByteArrayInputStream(
                    """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: MutatingAdmissionPolicy
                    metadata: {name: NAME}
                    spec:
                      failurePolicy: Fail
                      reinvocationPolicy: Never
                      matchConstraints:
                        resourceRules:
                        - {apiGroups: [autoscaling], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [horizontalpodautoscalers]}
                      mutations:
                      - patchType: JSONPatch
                        jsonPatch: {expression: '[JSONPatch{op: "replace", path: "/spec/maxReplicas", value: 4}]'}
                    ---
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: MutatingAdmissionPolicyBinding
                    metadata: {name: NAME}
                    spec:
                      policyName: NAME
                      matchResources:
                        namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}
                    """
                        .replace("NAME", environment.namespace())
                        .getBytes(StandardCharsets.UTF_8)))
            .items();
    policy.forEach(object -> client().resource(object).create());
  }

  private KubernetesClient client() {
    return environment.client();
  }

  @AfterEach
  void stop() {
    policy.forEach(object -> client().resource(object).delete());
    environment.close();
  }

  @Test
  void isNotWrittenAgainstAgainAndAgain() {
    // The API server takes a moment to know a policy.
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .until(this::policyActs);
    environment.apply(Model.named("flights").version("v1", 100));
    await().atMost(Duration.ofSeconds(60)).until(() -> autoscaler("flights-v1") != null);

    environment.awaitQuiet(Duration.ofSeconds(10));

    assertThat(environment.writes())
        .filteredOn(write -> write.object().contains("horizontalpodautoscalers/"))
        .filteredOn(write -> write.object().endsWith("/flights-v1"))
        .filteredOn(Write::isApplied)
        .as("its autoscaler, whose maxReplicas are 4 and not 10")
        .hasSize(1);
  }

  private boolean policyActs() {
    Model probe = Model.named("probe").version("v1", 100);
    environment.delete("probe");
    environment.apply(probe);
    return await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> autoscaler("probe-v1"), Objects::nonNull)
            .getSpec()
            .getMaxReplicas()
        == 4;
  }

  private HorizontalPodAutoscaler autoscaler(String name) {
    return client()
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(environment.namespace())
        .withName(name)
        .get();
  }
}
