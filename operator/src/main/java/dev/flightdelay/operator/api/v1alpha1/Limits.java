package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How much one pod takes on. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.trustedProxies) || self.trustedProxies.all(proxy,"
            + " proxy.matches('^([0-9]{1,3}[.]){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$') ||"
            + " proxy.matches('^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/([0-9]{1,2}|1[01][0-9]|12[0-8]))?$'))",
    message =
        "trustedProxies must be IP addresses, or ranges of them such as 10.0.0.0/8 or 2001:db8::/32",
    fieldPath = ".trustedProxies")
public record Limits(
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription("Requests in work at a time; more are answered 503. Default 1024.")
        Integer inFlight,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "Requests a second of one caller, by a pod; more are answered 429. A caller is a key's"
                + " name, a token's subject or a user; without auth the address that calls (of IPv6"
                + " its network of 64 bits), which is that of the Ingress or Gateway for all calls"
                + " through one, but for trustedProxies. Default: no limit.")
        Integer requestsPerSecondPerCaller,
    @Min(1)
        @Max(100_000_000)
        @JsonPropertyDescription(
            "Rows a second of one caller, by a pod; while one has had more, its requests are"
                + " answered 429. A request of more rows than that is answered, and then waited for."
                + " Default: no limit.")
        Integer rowsPerSecondPerCaller,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Addresses and ranges of proxies, such as an Ingress' pods (10.0.0.0/8), whose header"
                + " X-Forwarded-For is believed where there is no auth: the caller is the last"
                + " address in it that is none of them; at most 20. Default: the header means"
                + " nothing.")
        List<String> trustedProxies,
    @Min(1)
        @Max(86_400)
        @JsonPropertyDescription(
            "The longest that a prediction may take, in seconds: then it is answered 503 if it was"
                + " not begun, else 504, and its work stops. Default 60.")
        Integer predictionSeconds,
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
        Long maxRowCost) {

  public Limits {
    trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
  }
}
