package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One version of the model, and its share of the traffic. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelVersion(
    @Required
        @Pattern("^[a-z0-9]{1,20}$")
        @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "The version's name, in paths and in the header x-model-version: 1 to 20 of a-z and 0-9,"
                + " such as v1 or 20261121. Without a dash, so that <model>-<version> is"
                + " unambiguous.")
        String name,
    @Required
        @JsonPropertyDescription(
            "The pickle to serve. It cannot be changed for a name: new content is a new version.")
        ModelSource model,
    @Required
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "The percentage of the model's predictions that this version answers, 0 to 100; all"
                + " versions add up to 100. A version that was never ready gets nothing: its share"
                + " stays with those that served before.")
        Integer traffic,
    @JsonPropertyDescription(
            "CPU and memory of this version's pods, instead of spec.predictor.resources.")
        Resources resources,
    @JsonPropertyDescription("How many pods this version gets, instead of spec.autoscaling.")
        Autoscaling autoscaling) {}
