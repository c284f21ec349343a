package dev.flightdelay.predictor.auth.apikey;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.auth.scheme.Bearer;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.auth.scheme.SchemeKind;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.Values;
import java.nio.file.Path;
import java.util.List;

/**
 * Whose API keys are taken.
 *
 * @param folder of the keys
 */
public record ApiKeySettings(Path folder) implements SchemeSettings {

  private static final Setting DIRECTORY =
      new Setting(
          "API_KEYS_DIR",
          "a folder of API keys: a file a caller, a key a line; read again when changed");

  /** API keys, in a header of their own or as a bearer's. */
  public static final SchemeKind KIND =
      new SchemeKind(
          List.of(DIRECTORY),
          List.of(),
          List.of(
              new SecurityScheme(
                  "apiKey",
                  "{\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"x-api-key\","
                      + " \"description\": \"Where this predictor knows its callers by API"
                      + " keys.\"}"),
              Bearer.DOCUMENTED),
          ApiKeySettings::of);

  public ApiKeySettings {
    requireNonNull(folder);
  }

  private static ApiKeySettings of(Values values) {
    return new ApiKeySettings(Path.of(values.text(DIRECTORY).orElseThrow()));
  }

  @Override
  public List<SecurityScheme> documented() {
    return KIND.documented();
  }

  @Override
  public String credentials() {
    return "API keys";
  }

  @Override
  public List<Scheme> schemes(SchemeContext context) {
    ApiKeyReload keys = new ApiKeyReload(new ApiKeyFolder(folder, context.callers()));
    return List.of(new ApiKeyHeader(keys), new Bearer(new ApiKeyBearer(keys)));
  }
}
