package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flightdelay.operator.api.v1alpha1.auth.ApiKeys;
import dev.flightdelay.operator.api.v1alpha1.auth.AuthScheme;
import dev.flightdelay.operator.api.v1alpha1.auth.Jwt;
import dev.flightdelay.operator.api.v1alpha1.auth.Ldap;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Who may ask for predictions. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.apiKeySecret) || has(self.jwt) || has(self.ldap)",
    message = "auth must have one of apiKeySecret, jwt and ldap at least; leave auth out for none")
public record Auth(
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
            "A Secret of this namespace whose keys are callers' names and whose values are their API"
                + " keys, of at least 32 characters, one a line: an old and a new one hold at the"
                + " same time. Sent as x-api-key or as Authorization: Bearer. It is mounted into the"
                + " predictor pods, which follow its changes; the operator never reads it.")
        String apiKeySecret,
    @JsonPropertyDescription(
            "JSON Web Tokens of an OpenID Connect provider, signed with RS256 or ES256.")
        Jwt jwt,
    @JsonPropertyDescription("User name and password (HTTP Basic), checked by an LDAP server.")
        Ldap ldap) {

  /** The schemes that are asked for, in the order in which callers are told of them. */
  public List<AuthScheme> schemes() {
    return Stream.<AuthScheme>of(apiKeySecret == null ? null : new ApiKeys(apiKeySecret), jwt, ldap)
        .filter(Objects::nonNull)
        .toList();
  }
}
