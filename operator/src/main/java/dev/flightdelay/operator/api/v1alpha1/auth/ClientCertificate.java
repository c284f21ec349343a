package dev.flightdelay.operator.api.v1alpha1.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Client certificates that a proxy in front has checked. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClientCertificate(
    @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription(
            "The certificates that may ask, by the URI in their subjectAltName, such as a SPIFFE"
                + " ID; 1 to 50, without a comma.")
        List<String> uris)
    implements AuthScheme {

  public ClientCertificate {
    uris = uris == null ? List.of() : List.copyOf(uris);
  }

  @Override
  public SequencedMap<String, String> settings() {
    return new LinkedHashMap<>(Map.of("CLIENT_CERTIFICATE_URIS", String.join(",", uris)));
  }
}
