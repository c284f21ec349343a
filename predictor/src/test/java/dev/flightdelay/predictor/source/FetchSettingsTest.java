package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchSettingsTest {

  @Test
  void hasDefaults() {
    FetchSettings settings = FetchSettings.of(Map.of("MODEL_MAX_BYTES", ""), Path.of("/tmp"));

    assertThat(settings.maxBytes()).isEqualTo(536_870_912);
    assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.mount()).isEqualTo(Path.of("/model"));
    assertThat(settings.credentialsDirectory()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "90s, 90", "5m, 300", "1h, 3600", "PT1M30S, 90", "1m30s, 90"})
  void readsADeadline(String text, long seconds) {
    assertThat(FetchSettings.of(Map.of("MODEL_DEADLINE", text), Path.of("/tmp")).deadline())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "MODEL_DEADLINE, soon",
    "MODEL_DEADLINE, 0",
    "MODEL_DEADLINE, -5s",
    "MODEL_DEADLINE, PT48H",
    "MODEL_MAX_BYTES, 64Mi",
    "MODEL_MAX_BYTES, 0",
    "MODEL_MAX_BYTES, 2147483640",
    "MODEL_ALLOWED_HOSTS, http://x",
  })
  void namesTheVariableThatIsWrong(String variable, String value) {
    assertThatExceptionOfType(ModelFetchException.class)
        .isThrownBy(() -> FetchSettings.of(Map.of(variable, value), Path.of("/tmp")))
        .withMessageStartingWith("INVALID_SETTINGS: " + variable);
  }
}
