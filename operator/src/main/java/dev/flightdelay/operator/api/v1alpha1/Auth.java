package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

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

  /** Whether the predictor asks others about callers, over the network. */
  public boolean asksOthers() {
    return jwt != null || ldap != null;
  }

  /** Tokens of an issuer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @ValidationRule(
      value = "self.issuer.startsWith('https://') || self.issuer.startsWith('http://')",
      message = "issuer must be an https:// or http:// address",
      fieldPath = ".issuer")
  @ValidationRule(
      value = "self.jwksUri.startsWith('https://') || self.jwksUri.startsWith('http://')",
      message = "jwksUri must be an https:// or http:// address",
      fieldPath = ".jwksUri")
  public record Jwt(
      @Required
          @Size(min = 8, max = 512)
          @JsonPropertyDescription("What the claim iss of a token must be.")
          String issuer,
      @Required
          @Size(min = 8, max = 512)
          @JsonPropertyDescription(
              "Where the issuer's public keys are (its jwks_uri). An address inside the cluster,"
                  + " and plain http, are taken only where the operator's setting"
                  + " OPERATOR_MODEL_ALLOWED_HOSTS lists the host.")
          String jwksUri,
      @Required
          @Size(min = 1, max = 10)
          @JsonPropertyDescription("One of these must be in the claim aud of a token; 1 to 10.")
          List<String> audiences,
      @Size(max = 10)
          @JsonPropertyDescription(
              "Which tokens may ask: all these claims must have one of their values; at most 10."
                  + " Others are answered 403. Default: every token of the issuer for the"
                  + " audience.")
          List<AllowedClaim> allowed) {

    public Jwt {
      audiences = audiences == null ? List.of() : List.copyOf(audiences);
      allowed = allowed == null ? List.of() : List.copyOf(allowed);
    }
  }

  /** A claim that a token must have. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record AllowedClaim(
      @Required
          @Size(min = 1, max = 100)
          @Pattern("^[A-Za-z0-9_./:-]+$")
          @JsonPropertyDescription("The claim's name, such as sub, email or groups.")
          String claim,
      @Required
          @Size(min = 1, max = 50)
          @JsonPropertyDescription("The values that may ask, 1 to 50.")
          List<String> values) {

    public AllowedClaim {
      values = values == null ? List.of() : List.copyOf(values);
    }
  }

  /** A directory that checks passwords. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ldap(
      @Required
          @Size(min = 8, max = 512)
          @Pattern("^ldaps?://[A-Za-z0-9.:\\[\\]-]+$")
          @JsonPropertyDescription(
              "The server, as ldaps://host:636, or ldap://host:389, which goes on with StartTLS;"
                  + " passwords are never sent without TLS, and the certificate must be for the host."
                  + " A private address is taken only where the operator's setting"
                  + " OPERATOR_MODEL_ALLOWED_HOSTS lists the host.")
          String url,
      @Required
          @Size(min = 3, max = 512)
          @JsonPropertyDescription(
              "The name to bind with, {0} being the user name: uid={0},ou=people,dc=example,dc=com.")
          String bindDn,
      @Size(min = 3, max = 512)
          @JsonPropertyDescription(
              "The group whose members (member, uniqueMember or memberUid) may ask; users must"
                  + " be able to read it. Default: every user.")
          String groupDn) {}
}
