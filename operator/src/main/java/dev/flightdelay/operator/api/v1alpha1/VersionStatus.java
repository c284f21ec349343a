package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What was observed of one version. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VersionStatus(
    @JsonPropertyDescription("The version's name.") String name,
    @JsonPropertyDescription(
            "Pending: no pod runs yet. Loading: pods fetch and read the model. Ready: it serves."
                + " Failed: it cannot serve; the message says why. Draining: it is being removed.")
        Phase phase,
    @JsonPropertyDescription("Its pods that are ready.") Integer readyReplicas,
    @JsonPropertyDescription("The pods that it should have now.") Integer desiredReplicas,
    @JsonPropertyDescription("Its percentage of the traffic, read back from the route.")
        Integer traffic,
    @JsonPropertyDescription("Where this very version is asked, whatever its traffic.") String url,
    @JsonPropertyDescription("The SHA-256 of the file, as the pods report what they serve.")
        String sha256,
    @JsonPropertyDescription("The class of the estimator, as the pods report it.") String estimator,
    @JsonPropertyDescription("How many features it takes, as the pods report it.") Integer features,
    @JsonPropertyDescription("The classes that it predicts, as the pods report them; at most 100.")
        List<String> classes,
    @JsonPropertyDescription("What happens now, or what is wrong and what to do next.")
        String message) {

  /** How far a version is. */
  public enum Phase {
    @JsonEnumDefaultValue
    Pending,
    Loading,
    Ready,
    Failed,
    Draining
  }

  public VersionStatus {
    classes = classes == null ? List.of() : List.copyOf(classes);
  }
}
