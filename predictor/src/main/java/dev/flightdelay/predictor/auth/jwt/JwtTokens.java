package dev.flightdelay.predictor.auth.jwt;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.Bearer;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.auth.scheme.SchemeKind;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.settings.value.Values;
import java.util.Arrays;
import java.util.List;

/** JSON Web Tokens of an OpenID Connect provider. */
public record JwtTokens(JwtSettings settings) implements SchemeSettings {

  private static final Setting ISSUER =
      new Setting("JWT_ISSUER", "tokens of this issuer (iss) may call");
  private static final Setting JWKS_URI =
      new Setting("JWT_JWKS_URI", "where the issuer's keys are");
  private static final Setting AUDIENCES =
      new Setting("JWT_AUDIENCES", "one of these must be in a token's aud; separated by commas");
  private static final Setting ALLOWED =
      new Setting(
          "JWT_ALLOWED",
          "claims that a token must have: [{\"claim\":\"groups\",\"values\":[\"a\"]}]");

  /** How they are set. */
  public static final SchemeKind KIND =
      new SchemeKind(
          List.of(ISSUER, JWKS_URI, AUDIENCES),
          List.of(ALLOWED),
          List.of(Bearer.DOCUMENTED),
          JwtTokens::of);

  public JwtTokens {
    requireNonNull(settings);
  }

  private static JwtTokens of(Values values) {
    List<String> audiences =
        Arrays.stream(values.text(AUDIENCES).orElseThrow().split(","))
            .map(String::strip)
            .filter(audience -> !audience.isEmpty())
            .toList();
    if (audiences.isEmpty()) {
      throw new SettingException("JWT_AUDIENCES names no audience; write one that tokens have");
    }
    return new JwtTokens(
        new JwtSettings(
            values.text(ISSUER).orElseThrow(),
            values.text(JWKS_URI).orElseThrow(),
            audiences,
            values.text(ALLOWED).map(JwtTokens::allowed).orElse(List.of())));
  }

  private static List<AllowedClaim> allowed(String text) {
    try {
      return AllowedClaim.parse(text);
    } catch (AuthenticationException malformed) {
      throw new SettingException(malformed.getMessage());
    }
  }

  @Override
  public List<SecurityScheme> documented() {
    return KIND.documented();
  }

  @Override
  public String credentials() {
    return "tokens of " + settings.issuer();
  }

  @Override
  public List<Scheme> schemes(SchemeContext context) {
    return List.of(new Bearer(JwtAuthentication.of(settings, context)));
  }
}
