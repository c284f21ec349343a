package dev.flightdelay.predictor.auth;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.jwt.JwtSettings;
import dev.flightdelay.predictor.auth.ldap.LdapSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who may call. Several mechanisms at once: any of them lets a caller in.
 *
 * @param apiKeys the folder of API keys
 * @param perCaller requests a second of each caller
 */
public record AuthenticationSettings(
    Optional<Path> apiKeys,
    Optional<JwtSettings> jwt,
    Optional<LdapSettings> ldap,
    OptionalInt perCaller) {

  /** Everybody may call, as often as they like. */
  public static final AuthenticationSettings OPEN =
      new AuthenticationSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

  public AuthenticationSettings {
    requireNonNull(apiKeys);
    requireNonNull(jwt);
    requireNonNull(ldap);
    requireNonNull(perCaller);
  }

  /** Whether callers are checked at all. */
  public boolean checked() {
    return apiKeys.isPresent() || jwt.isPresent() || ldap.isPresent();
  }
}
