package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, 250",
    "1, 1, 500",
    "2, 0, 500",
    "2, 1, 1000",
    "3, 1, 2000",
    "5, 1, 8000",
    "6, 1, 15000",
    "6, 0, 7500",
    "1000000, 1, 15000"
  })
  void doublesUpToALimit(int failures, double random, long millis) {
    assertThat(Backoff.pause(failures, random)).isEqualTo(Duration.ofMillis(millis));
  }
}
