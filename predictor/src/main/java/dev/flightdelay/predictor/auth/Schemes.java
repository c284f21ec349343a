package dev.flightdelay.predictor.auth;

import dev.flightdelay.predictor.auth.apikey.ApiKeySettings;
import dev.flightdelay.predictor.auth.jwt.JwtTokens;
import dev.flightdelay.predictor.auth.ldap.LdapPasswords;
import dev.flightdelay.predictor.auth.scheme.SchemeKind;
import dev.flightdelay.predictor.settings.value.Setting;
import java.util.List;

/** What callers can be known by: to add a kind, add a line here. */
public final class Schemes {

  /** In the order in which they are tried, and told to people. */
  static final List<SchemeKind> KINDS =
      List.of(ApiKeySettings.KIND, JwtTokens.KIND, LdapPasswords.KIND);

  private Schemes() {}

  /** All that can be set of them, in the order of the help text. */
  public static List<Setting> settings() {
    return KINDS.stream().flatMap(SchemeKind::settings).toList();
  }
}
