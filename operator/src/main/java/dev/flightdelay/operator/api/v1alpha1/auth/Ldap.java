package dev.flightdelay.operator.api.v1alpha1.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

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
        String groupDn)
    implements AuthScheme {

  @Override
  public SequencedMap<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("LDAP_URL", url);
    settings.put("LDAP_BIND_DN", bindDn);
    if (groupDn != null) {
      settings.put("LDAP_GROUP", groupDn);
    }
    return settings;
  }

  @Override
  public boolean asksOthers() {
    return true;
  }
}
