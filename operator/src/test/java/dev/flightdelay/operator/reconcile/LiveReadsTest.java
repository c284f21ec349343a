package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveReadsTest {

  private static final ResourceID FLIGHTS = new ResourceID("flights", "default");
  private static final ResourceID OTHER = new ResourceID("other", "default");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LiveReads reads = new LiveReads(Duration.ofMinutes(5));

  @Test
  void areDueOncePerIntervalForEachModel() {
    assertThat(reads.isDue(FLIGHTS, START)).isFalse();
    assertThat(reads.isDue(FLIGHTS, START.plusSeconds(299))).isFalse();
    assertThat(reads.isDue(FLIGHTS, START.plusSeconds(300))).isTrue();
    assertThat(reads.isDue(FLIGHTS, START.plusSeconds(301))).isFalse();
    assertThat(reads.isDue(OTHER, START.plusSeconds(301))).isFalse();
    assertThat(reads.isDue(FLIGHTS, START.plusSeconds(600))).isTrue();
  }

  @Test
  void areForgottenOfModelsThatAreGone() {
    reads.isDue(OTHER, START);
    reads.isDue(FLIGHTS, START.plusSeconds(800));
    reads.isDue(FLIGHTS, START.plusSeconds(1200));

    assertThat(reads.isDue(OTHER, START.plusSeconds(1201))).as("a new one of the name").isFalse();
  }
}
