package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How the pods of one version spread; the label selector is the operator's. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TopologySpread(
    @Required
        @Size(min = 1, max = 317)
        @JsonPropertyDescription(
            "The node label whose values are the domains, such as topology.kubernetes.io/zone.")
        String topologyKey,
    @Default("1")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
            "By how many pods the fullest domain may exceed the emptiest. Default 1.")
        Integer maxSkew,
    @Default("ScheduleAnyway")
        @JsonPropertyDescription(
            "What happens to a pod that would break this: ScheduleAnyway (default) or"
                + " DoNotSchedule.")
        WhenUnsatisfiable whenUnsatisfiable) {

  /** What happens to a pod that would break the constraint. */
  public enum WhenUnsatisfiable {
    ScheduleAnyway,
    DoNotSchedule
  }

  public TopologySpread {
    maxSkew = maxSkew == null ? 1 : maxSkew;
    whenUnsatisfiable =
        whenUnsatisfiable == null ? WhenUnsatisfiable.ScheduleAnyway : whenUnsatisfiable;
  }
}
