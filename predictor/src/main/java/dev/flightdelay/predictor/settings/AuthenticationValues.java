package dev.flightdelay.predictor.settings;

import dev.flightdelay.predictor.auth.AuthenticationSettings;
import dev.flightdelay.predictor.auth.jwt.AllowedClaim;
import dev.flightdelay.predictor.auth.jwt.JwtSettings;
import dev.flightdelay.predictor.auth.ldap.LdapSettings;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The settings of who may call. Half of a mechanism is refused: serving everyone, or nobody,
 * although somebody asked for something else, would be the worst of answers.
 */
final class AuthenticationValues {

  private AuthenticationValues() {}

  static AuthenticationSettings of(Values values) {
    return new AuthenticationSettings(
        values.text(Setting.API_KEYS_DIR).map(Path::of),
        jwt(values),
        ldap(values),
        values.text(Setting.LIMIT_PER_CALLER).isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(values.integer(Setting.LIMIT_PER_CALLER, 1, 1_000_000, 0)));
  }

  private static Optional<JwtSettings> jwt(Values values) {
    List<Setting> needed = List.of(Setting.JWT_ISSUER, Setting.JWT_JWKS_URI, Setting.JWT_AUDIENCES);
    if (!complete(values, needed, List.of(Setting.JWT_ALLOWED))) {
      return Optional.empty();
    }
    List<String> audiences =
        Arrays.stream(values.text(Setting.JWT_AUDIENCES).orElseThrow().split(","))
            .map(String::strip)
            .filter(audience -> !audience.isEmpty())
            .toList();
    if (audiences.isEmpty()) {
      throw new SettingException("JWT_AUDIENCES names no audience; write one that tokens have");
    }
    return Optional.of(
        new JwtSettings(
            values.text(Setting.JWT_ISSUER).orElseThrow(),
            values.text(Setting.JWT_JWKS_URI).orElseThrow(),
            audiences,
            values.text(Setting.JWT_ALLOWED).map(AuthenticationValues::allowed).orElse(List.of())));
  }

  private static List<AllowedClaim> allowed(String text) {
    try {
      return AllowedClaim.parse(text);
    } catch (AuthenticationException malformed) {
      throw new SettingException(malformed.getMessage());
    }
  }

  private static Optional<LdapSettings> ldap(Values values) {
    List<Setting> needed = List.of(Setting.LDAP_URL, Setting.LDAP_BIND_DN);
    return complete(values, needed, List.of(Setting.LDAP_GROUP))
        ? Optional.of(
            new LdapSettings(
                values.text(Setting.LDAP_URL).orElseThrow(),
                values.text(Setting.LDAP_BIND_DN).orElseThrow(),
                values.text(Setting.LDAP_GROUP)))
        : Optional.empty();
  }

  /** All that is needed, or nothing at all. */
  private static boolean complete(Values values, List<Setting> needed, List<Setting> optional) {
    Optional<Setting> given =
        Stream.concat(needed.stream(), optional.stream())
            .filter(setting -> values.text(setting).isPresent())
            .findFirst();
    if (given.isEmpty()) {
      return false;
    }
    for (Setting setting : needed) {
      if (values.text(setting).isEmpty()) {
        throw new SettingException(
            "%s is set, but %s is not: callers can be checked with all of %s only"
                .formatted(given.get().name(), setting.name(), needed));
      }
    }
    return true;
  }
}
