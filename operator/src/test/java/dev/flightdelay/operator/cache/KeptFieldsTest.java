package dev.flightdelay.operator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptFieldsTest {

  private static final String DEPLOYMENT =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment",
       "metadata": {"name": "%s", "managedFields": [
         {"manager": "kubectl-edit", "operation": "Update", "apiVersion": "apps/v1",
          "fieldsType": "FieldsV1", "fieldsV1": {"f:metadata": {"f:annotations": {}}}},
         {"apiVersion": "apps/v1", "fieldsType": "FieldsV1", "fieldsV1":
          {"f:metadata": {"f:ownerReferences": {"k:{\\"uid\\":\\"%s\\"}": {}}},
           "f:spec": {"f:replicas": {}, "f:template": {"f:spec": {".": {}}}}},
          "manager": "flight-delay-operator", "operation": "Apply", "time": "2026-11-21T10:00:00Z"},
         {"manager": "flight-delay-operator", "operation": "Update", "subresource": "status",
          "fieldsV1": {"f:status": {}}}]},
       "spec": {"template": {"spec": {"terminationGracePeriodSeconds": 30,
         "containers": [{"name": "predictor", "image": "predictor:1"}]}}}}
      """;

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"name": "flights-v1-a", "labels": {"app": "flights"},
         "annotations": {"cni": "10.1.2.3/24"}, "ownerReferences": [{"kind": "ReplicaSet"}],
         "managedFields": [
         {"manager": "kubelet", "operation": "Update", "fieldsV1": {"f:status": {"f:phase": {}}}}]},
       "spec": {"nodeName": "node-1", "tolerations": [{"key": "a", "operator": "Exists"}],
         "containers": [{"name": "predictor", "image": "predictor:1",
           "env": [{"name": "MODEL_NAME", "value": "flights"}],
           "ports": [{"name": "management", "containerPort": 9090}]}]},
       "status": {"phase": "Running", "podIP": "10.1.2.3", "podIPs": [{"ip": "10.1.2.3"}],
         "conditions": [{"type": "Ready", "status": "False", "reason": "ContainersNotReady",
           "lastTransitionTime": "2026-11-21T10:00:00Z"}],
         "containerStatuses": [{"name": "predictor", "ready": false, "restartCount": 2,
           "image": "predictor:1", "imageID": "sha256:1", "containerID": "containerd://1",
           "lastState": {"terminated": {"exitCode": 2, "message": "no model"}}}]}}
      """;

  private final KubernetesSerialization serialization =
      new KubernetesSerialization(new ObjectMapper().registerModule(new KeptFields()), true);

  @Test
  void keepsOnlyWhatTheOperatorApplied() {
    Deployment deployment = deployment("a");

    assertThat(deployment.getMetadata().getManagedFields()).hasSize(1);
    ManagedFieldsEntry entry = deployment.getMetadata().getManagedFields().getFirst();
    assertThat(entry.getManager()).isEqualTo("flight-delay-operator");
    assertThat(entry.getOperation()).isEqualTo("Apply");
    assertThat(entry.getFieldsV1().getAdditionalProperties())
        .isEqualTo(
            Map.of(
                "f:metadata",
                Map.of("f:ownerReferences", Map.of("k:{\"uid\":\"a\"}", Map.of())),
                "f:spec",
                Map.of(
                    "f:replicas",
                    Map.of(),
                    "f:template",
                    Map.of("f:spec", Map.of(".", Map.of())))));
  }

  @Test
  void keepsEqualPartsOnce() {
    Map<String, Object> first = fields(deployment("a"));
    Map<String, Object> second = fields(deployment("b"));

    assertThat(second.get("f:spec")).isSameAs(first.get("f:spec"));
    assertThat(second.get("f:metadata")).isNotEqualTo(first.get("f:metadata"));
  }

  @Test
  void keepsEqualTextsOnce() {
    String first =
        deployment("a").getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    String second =
        deployment("b").getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();

    assertThat(second).isSameAs(first);
  }

  @Test
  void keepsNoEmptyMapsAndTheFieldsOfANewerApi() {
    Deployment deployment =
        serialization.unmarshal(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
             "spec": {"replicas": 2, "paceOfRollout": "slow"}}
            """,
            Deployment.class);

    assertThat(deployment.getMetadata().getAdditionalProperties()).isSameAs(Map.of());
    assertThat(deployment.getSpec().getAdditionalProperties())
        .isEqualTo(Map.of("paceOfRollout", "slow"));
    assertThat(serialization.clone(deployment)).isEqualTo(deployment);
    assertThat(deployment.edit().editMetadata().addToLabels("a", "b").endMetadata().build())
        .isNotEqualTo(deployment);
  }

  @Test
  void leavesATemplateOfPodsWhole() {
    assertThat(deployment("a").getSpec().getTemplate().getSpec())
        .satisfies(
            spec -> {
              assertThat(spec.getTerminationGracePeriodSeconds()).isEqualTo(30);
              assertThat(spec.getContainers().getFirst().getImage()).isEqualTo("predictor:1");
            });
  }

  @Test
  void keepsOfAPodWhereItRunsItsPortsAndHowItIs() {
    Pod pod = serialization.unmarshal(POD, Pod.class);

    assertThat(serialization.asYaml(pod))
        .isEqualTo(
            """
            ---
            apiVersion: "v1"
            kind: "Pod"
            metadata:
              labels:
                app: "flights"
              name: "flights-v1-a"
            spec:
              containers:
              - name: "predictor"
                ports:
                - containerPort: 9090
                  name: "management"
              nodeName: "node-1"
            status:
              conditions:
              - reason: "ContainersNotReady"
                status: "False"
                type: "Ready"
              containerStatuses:
              - lastState:
                  terminated:
                    exitCode: 2
                    message: "no model"
                name: "predictor"
                ready: false
                restartCount: 2
              phase: "Running"
              podIP: "10.1.2.3"
            """);
  }

  @Test
  void readsAListAsItReadsOne() {
    PodList list =
        serialization.unmarshal(
            "{\"apiVersion\": \"v1\", \"kind\": \"PodList\", \"items\": [%s]}".formatted(POD),
            PodList.class);

    assertThat(list.getItems()).containsExactly(serialization.unmarshal(POD, Pod.class));
  }

  @Test
  void takesObjectsWithoutAnyOfIt() {
    Pod pod =
        serialization.unmarshal(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "managedFields": null},
             "spec": null}
            """,
            Pod.class);

    assertThat(pod.getSpec()).isNull();
    assertThat(pod.getMetadata().getManagedFields()).isEmpty();
  }

  private Deployment deployment(String uid) {
    return serialization.unmarshal(DEPLOYMENT.formatted("flights-v1", uid), Deployment.class);
  }

  private static Map<String, Object> fields(Deployment deployment) {
    return deployment
        .getMetadata()
        .getManagedFields()
        .getFirst()
        .getFieldsV1()
        .getAdditionalProperties();
  }
}
