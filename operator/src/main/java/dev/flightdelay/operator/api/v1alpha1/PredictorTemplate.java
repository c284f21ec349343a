package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** What a person may choose of the predictor pods; everything else is the operator's. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PredictorTemplate(
    @Size(min = 1, max = 512)
        @JsonPropertyDescription(
            "The predictor's image. Only those that the operator's setting allowedImages lists."
                + " Default: the operator's own.")
        String image,
    @Size(max = 10)
        @JsonPropertyDescription("Secrets of this namespace to pull the image with, at most 10.")
        List<SecretName> imagePullSecrets,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
            "The ServiceAccount of the pods, for Workload Identity. Only those that the operator's"
                + " setting allowedServiceAccounts lists. No token of it is mounted. Default:"
                + " default.")
        String serviceAccountName,
    @JsonPropertyDescription(
            "CPU and memory of a pod. Default: requests of 250m CPU, 256Mi of memory and four times"
                + " the model's maxSize, a memory limit of the same, and no CPU limit.")
        Resources resources,
    @JsonPropertyDescription(
            "Labels that a node must have to run the pods. Only those that the operator's setting"
                + " allowedNodeSelectors lists.")
        Map<String, String> nodeSelector,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Taints of nodes that the pods tolerate, at most 20. Only those that the operator's"
                + " setting allowedTolerations lists.")
        List<Toleration> tolerations,
    @Size(max = 10)
        @JsonPropertyDescription(
            "How the pods of a version spread over the cluster, at most 10. Default: over nodes,"
                + " and over zones, where that is possible.")
        List<TopologySpread> topologySpreadConstraints) {

  static final PredictorTemplate DEFAULT =
      new PredictorTemplate(null, null, null, null, null, null, null);

  public PredictorTemplate {
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
    tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
    topologySpreadConstraints =
        topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
  }
}
