package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.settings.PredictorSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings as the predictor reads them from its environment, with a deadline that tests can wait
 * for.
 */
public final class FetchSettingsFixture {

  private FetchSettingsFixture() {}

  /**
   * @param variables names and values in turn
   */
  public static FetchSettings settings(Path directory, String... variables) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MODEL_URI", "model.pkl",
                "MODEL_DEADLINE", "20s",
                "MODEL_DOWNLOAD_DIR", directory.toString()));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return PredictorSettings.of(List.of(), environment).fetch();
  }
}
