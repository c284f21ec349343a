package dev.flightdelay.predictor.auth.ldap;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The directory that checks passwords.
 *
 * @param url ldaps://host:636, or ldap://host:389, which goes on with StartTLS
 * @param bindDn the name to bind with; {0} in it is the user's
 * @param group whose members may call; empty for every user
 */
public record LdapSettings(String url, String bindDn, Optional<String> group) {

  public LdapSettings {
    requireNonNull(url);
    requireNonNull(bindDn);
    requireNonNull(group);
  }
}
