package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What was observed of a model the last time that something changed. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FlightDelayModelStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,
    @JsonPropertyDescription("Where predictions are asked for.") String url,
    @JsonPropertyDescription("The traffic as it is routed, such as v1=90,v2=10.") String traffic,
    @JsonPropertyDescription("The pods of all versions.") Integer replicas,
    @JsonPropertyDescription("The pods of all versions that are ready.") Integer readyReplicas,
    @JsonPropertyDescription("Every version that has pods or should have them.")
        List<VersionStatus> versions,
    @JsonPropertyDescription(
            "Ready: every version of the current generation serves as asked. Progressing: something"
                + " is on its way. Exposed: clients outside reach the model.")
        List<Condition> conditions) {

  public FlightDelayModelStatus {
    versions = versions == null ? List.of() : List.copyOf(versions);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
