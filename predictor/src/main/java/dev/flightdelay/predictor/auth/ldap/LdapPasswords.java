package dev.flightdelay.predictor.auth.ldap;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.auth.scheme.SchemeKind;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.Values;
import java.util.List;

/** Names and passwords of the users of a directory. */
public record LdapPasswords(LdapSettings settings) implements SchemeSettings {

  private static final Setting URL =
      new Setting(
          "LDAP_URL",
          "users of this directory may call: ldaps://host:636, or ldap:// with StartTLS");
  private static final Setting BIND_DN =
      new Setting("LDAP_BIND_DN", "the name to bind with: uid={0},ou=people,dc=example,dc=com");
  private static final Setting GROUP =
      new Setting("LDAP_GROUP", "the group whose members may call", "every user");

  /** How they are set. */
  public static final SchemeKind KIND =
      new SchemeKind(
          List.of(URL, BIND_DN),
          List.of(GROUP),
          List.of(
              new SecurityScheme(
                  "password",
                  "{\"type\": \"http\", \"scheme\": \"basic\", \"description\": \"Where it knows"
                      + " them by a directory's passwords.\"}")),
          LdapPasswords::of);

  public LdapPasswords {
    requireNonNull(settings);
  }

  private static LdapPasswords of(Values values) {
    return new LdapPasswords(
        new LdapSettings(
            values.text(URL).orElseThrow(),
            values.text(BIND_DN).orElseThrow(),
            values.text(GROUP)));
  }

  @Override
  public List<SecurityScheme> documented() {
    return KIND.documented();
  }

  @Override
  public String credentials() {
    return "passwords";
  }

  @Override
  public List<Scheme> schemes(SchemeContext context) {
    return List.of(new Basic(settings, context));
  }
}
