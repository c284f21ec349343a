package dev.flightdelay.operator.api.v1alpha1.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

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
        List<AllowedClaim> allowed)
    implements AuthScheme {

  public Jwt {
    audiences = audiences == null ? List.of() : List.copyOf(audiences);
    allowed = allowed == null ? List.of() : List.copyOf(allowed);
  }

  @Override
  public SequencedMap<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("JWT_ISSUER", issuer);
    settings.put("JWT_JWKS_URI", jwksUri);
    settings.put("JWT_AUDIENCES", String.join(",", audiences));
    if (!allowed.isEmpty()) {
      // JSON, because a value may have any character in it.
      settings.put("JWT_ALLOWED", new KubernetesSerialization().asJson(allowed));
    }
    return settings;
  }

  @Override
  public boolean asksOthers() {
    return true;
  }
}
