package dev.flightdelay.predictor.auth;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.settings.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * Who may call. Several kinds of credentials at once: any of them lets a caller in.
 *
 * @param schemes what is set of each kind, in the order in which they are tried; empty where
 *     everybody may call
 * @param perCaller how much each caller may ask
 */
public record AuthenticationSettings(List<SchemeSettings> schemes, CallerLimits perCaller) {

  /** Everybody may call, as often as they like. */
  public static final AuthenticationSettings OPEN =
      new AuthenticationSettings(List.of(), CallerLimits.NONE);

  public AuthenticationSettings {
    schemes = List.copyOf(schemes);
    requireNonNull(perCaller);
  }

  /** How callers send what they are known by; empty where everybody may call. */
  public List<SecurityScheme> documented() {
    return schemes.stream().flatMap(scheme -> scheme.documented().stream()).distinct().toList();
  }

  /**
   * What is set.
   *
   * @throws SettingException where a kind is set by half, or cannot be used
   */
  public static AuthenticationSettings of(Values values, CallerLimits perCaller) {
    return new AuthenticationSettings(
        Schemes.KINDS.stream().map(kind -> kind.read(values)).flatMap(Optional::stream).toList(),
        perCaller);
  }
}
