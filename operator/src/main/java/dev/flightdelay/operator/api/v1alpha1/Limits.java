package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much one pod takes on. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Limits(
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription("Requests in work at a time; more are answered 503. Default 1024.")
        Integer inFlight,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "Requests a second of one caller, by a pod; more are answered 429. A caller is a key's"
                + " name, a token's subject or a user; without auth the address that calls, which is"
                + " that of the Ingress or Gateway for all calls through one. Default: no limit.")
        Integer requestsPerSecondPerCaller,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription("Open connections; more are closed. Default 20000.")
        Integer connections,
    @Min(1)
        @Max(1_000_000_000_000_000L)
        @JsonPropertyDescription(
            "Elementary operations that one row may take, estimated of the model when it is read; a"
                + " model that takes more is refused. 100000000 (default) are about a tenth of a"
                + " second of a processor.")
        Long maxRowCost) {}
