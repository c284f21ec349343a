package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Gateway that a route attaches to. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ParentRef(
    @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("The Gateway's name.")
        String name,
    @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription(
            "The Gateway's namespace, which must allow routes of this one. Default: this"
                + " namespace.")
        String namespace,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("One listener of the Gateway. Default: all that allow the route.")
        String sectionName,
    @Min(1) @Max(65535) @JsonPropertyDescription("One port of the Gateway. Default: all.")
        Integer port) {}
