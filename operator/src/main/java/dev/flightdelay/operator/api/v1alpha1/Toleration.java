package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A taint that the pods tolerate, as in a PodSpec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.operator) || self.operator != 'Exists' || !has(self.value)",
    message = "value must not be set where operator is Exists",
    fieldPath = ".value")
@ValidationRule(
    value = "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
    message = "operator must be Exists where key is not set",
    fieldPath = ".operator")
@ValidationRule(
    value = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
    message = "tolerationSeconds is for the effect NoExecute",
    fieldPath = ".tolerationSeconds")
public record Toleration(
    @Size(min = 1, max = 317)
        @JsonPropertyDescription("The taint's key; not set: every key, with operator Exists.")
        String key,
    @JsonPropertyDescription("Equal (default) or Exists.") Operator operator,
    @Size(max = 63) @JsonPropertyDescription("The taint's value, with operator Equal.")
        String value,
    @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute; not set: every effect.")
        Effect effect,
    @Min(0)
        @Max(31_536_000)
        @JsonPropertyDescription(
            "How long a pod stays, with the effect NoExecute; not set: for ever.")
        Long tolerationSeconds) {

  /** How key and value are compared. */
  public enum Operator {
    Equal,
    Exists
  }

  /** What the taint does to pods that do not tolerate it. */
  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }
}
