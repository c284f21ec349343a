package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How many pods serve a version. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.mode != 'HPA' || self.minReplicas <= self.maxReplicas",
    message =
        "minReplicas must not be greater than maxReplicas, which is 10 where it is not set: set"
            + " maxReplicas as well",
    fieldPath = ".minReplicas")
public record Autoscaling(
    @Default("2")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "The fewest pods, 1 to 1000. Default 2, so that one may be lost. With mode None: the"
                + " number of pods.")
        Integer minReplicas,
    @Default("10")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "The most pods, 1 to 1000, not below minReplicas. Default 10, also where minReplicas"
                + " alone is set. Only mode HPA goes by it.")
        Integer maxReplicas,
    @Default("70")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "The share of the predictor container's requests.cpu, in percent, that pods are added"
                + " and removed for. Default 70.")
        Integer targetCPUUtilizationPercentage,
    @Default("300")
        @Min(0)
        @Max(3600)
        @JsonPropertyDescription(
            "For how many seconds fewer pods must have been enough before one is removed."
                + " 0 to 3600, default 300.")
        Integer scaleDownStabilizationSeconds,
    @Default("HPA")
        @JsonPropertyDescription(
            "HPA (default): a HorizontalPodAutoscaler by CPU. External: the number of pods is left to"
                + " something else, such as KEDA. None: always minReplicas.")
        Mode mode) {

  /** Who decides on the number of pods. */
  public enum Mode {
    HPA,
    External,
    None
  }

  public static final Autoscaling DEFAULT = new Autoscaling(null, null, null, null, null);

  public Autoscaling {
    minReplicas = minReplicas == null ? 2 : minReplicas;
    maxReplicas = maxReplicas == null ? 10 : maxReplicas;
    targetCPUUtilizationPercentage =
        targetCPUUtilizationPercentage == null ? 70 : targetCPUUtilizationPercentage;
    scaleDownStabilizationSeconds =
        scaleDownStabilizationSeconds == null ? 300 : scaleDownStabilizationSeconds;
    mode = mode == null ? Mode.HPA : mode;
  }

  /** The pods below which a version is not complete; who scales it otherwise may go lower. */
  public int leastReplicas() {
    return switch (mode) {
      case HPA, None -> minReplicas;
      case External -> 1;
    };
  }
}
