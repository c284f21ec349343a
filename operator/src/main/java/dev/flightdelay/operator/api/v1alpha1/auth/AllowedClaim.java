package dev.flightdelay.operator.api.v1alpha1.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A claim that a token must have. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AllowedClaim(
    @Required
        @Size(min = 1, max = 100)
        @Pattern("^[A-Za-z0-9_./:-]+$")
        @JsonPropertyDescription("The claim's name, such as sub, email or groups.")
        String claim,
    @Required @Size(min = 1, max = 50) @JsonPropertyDescription("The values that may ask, 1 to 50.")
        List<String> values) {

  public AllowedClaim {
    values = values == null ? List.of() : List.copyOf(values);
  }
}
