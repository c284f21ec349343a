package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** CPU, memory and disk of a pod; what is not named keeps its default. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.requests)"
            + " || self.requests.all(k, k in ['cpu', 'memory', 'ephemeral-storage'])",
    message = "requests takes cpu, memory and ephemeral-storage",
    fieldPath = ".requests")
@ValidationRule(
    value = "!has(self.limits) || self.limits.all(k, k in ['cpu', 'memory', 'ephemeral-storage'])",
    message = "limits takes cpu, memory and ephemeral-storage",
    fieldPath = ".limits")
@ValidationRule(
    value =
        "!has(self.requests) || self.requests.all(k, quantity(string(self.requests[k]))"
            + ".isGreaterThan(quantity('0')))",
    message = "requests must be greater than 0",
    fieldPath = ".requests")
@ValidationRule(
    value =
        "!has(self.limits) || self.limits.all(k, quantity(string(self.limits[k]))"
            + ".isGreaterThan(quantity('0')))",
    message = "limits must be greater than 0: leave out what is not to be limited",
    fieldPath = ".limits")
@ValidationRule(
    value =
        "!has(self.requests) || !has(self.limits)"
            + " || self.requests.all(k, !(k in self.limits)"
            + " || quantity(string(self.requests[k])).compareTo(quantity(string(self.limits[k]))) <= 0)",
    message = "requests must not be greater than limits",
    fieldPath = ".requests")
public record Resources(
    @JsonPropertyDescription(
            "What a pod is promised: cpu, memory, ephemeral-storage. The share of CPU that"
                + " autoscaling goes by is of requests.cpu.")
        Map<String, Quantity> requests,
    @JsonPropertyDescription(
            "What a pod may use at most: cpu, memory, ephemeral-storage. A CPU limit slows the start"
                + " of a pod a lot.")
        Map<String, Quantity> limits) {

  public Resources {
    requests = requests == null ? Map.of() : Map.copyOf(requests);
    limits = limits == null ? Map.of() : Map.copyOf(limits);
  }
}
