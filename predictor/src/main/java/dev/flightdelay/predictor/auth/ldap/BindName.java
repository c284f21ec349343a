package dev.flightdelay.predictor.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import java.util.Arrays;

/**
 * The name to bind with, of a user's name. The user's becomes a value inside an already parsed name
 * rather than a piece of text: whatever is in it, it stays that value.
 */
final class BindName {

  private static final String PLACE = "{0}";

  private final DN template;

  /**
   * @param template such as {@code uid={0},ou=people,dc=example,dc=com}
   * @throws AuthenticationException if it is no such name
   */
  BindName(String template) {
    try {
      this.template = new DN(template);
    } catch (LDAPException e) {
      throw new AuthenticationException(
          "LDAP_BIND_DN is no distinguished name: %s; write uid={0},ou=people,dc=example,dc=com"
              .formatted(e.getMessage()),
          e);
    }
    if (Arrays.stream(this.template.getRDNs())
        .flatMap(rdn -> Arrays.stream(rdn.getAttributeValues()))
        .noneMatch(value -> value.contains(PLACE))) {
      throw new AuthenticationException(
          "LDAP_BIND_DN has no value with {0} in it, where the user's name is put: write"
              + " uid={0},ou=people,dc=example,dc=com");
    }
  }

  DN of(String user) {
    RDN[] parts = template.getRDNs();
    RDN[] filled = new RDN[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String[] values = parts[i].getAttributeValues();
      String[] replaced = new String[values.length];
      for (int j = 0; j < values.length; j++) {
        replaced[j] = values[j].replace(PLACE, user);
      }
      filled[i] = new RDN(parts[i].getAttributeNames(), replaced);
    }
    return new DN(filled);
  }
}
