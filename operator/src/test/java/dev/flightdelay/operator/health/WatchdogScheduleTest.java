package dev.flightdelay.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogScheduleTest {

  private static final Duration HALF_A_RESYNC = Duration.ofSeconds(150);

  @Test
  void looksTwiceInAResyncWhereObjectsAreFew() {
    assertThat(WatchdogSchedule.pause(HALF_A_RESYNC, 0)).isEqualTo(HALF_A_RESYNC);
    assertThat(WatchdogSchedule.pause(HALF_A_RESYNC, 15_000)).isEqualTo(HALF_A_RESYNC);
  }

  @Test
  void comparesAHundredObjectsASecondAtMost() {
    assertThat(WatchdogSchedule.pause(HALF_A_RESYNC, 80_000)).isEqualTo(Duration.ofSeconds(800));
  }
}
