package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.rollout.Rising;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteMemoryTest {

  private static final RouteMemory NOTHING = new RouteMemory(Map.of(), Optional.empty(), List.of());

  private static Ingress route(Map<String, String> annotations) {
    return new IngressBuilder()
        .withNewMetadata()
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  @Test
  void readsWhatItWrote() {
    RouteMemory memory =
        new RouteMemory(
            Map.of("v1", 90, "v2", 10),
            Optional.of(new Rising(10, Instant.parse("2026-11-21T10:00:00Z"))),
            List.of("v1@0123456789ab", "v2@ba9876543210"));

    assertThat(RouteMemory.of(route(memory.annotations()))).isEqualTo(memory);
    assertThat(RouteMemory.of(route(NOTHING.annotations()))).isEqualTo(NOTHING);
    assertThat(RouteMemory.of(route(null))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "v1", "v1=", "=3", "v1=1000", "V-1=3"})
  void takesABrokenShareForNone(String text) {
    RouteMemory memory = RouteMemory.of(route(Map.of(Annotations.SERVED_BEFORE, text + ",v2=10")));

    assertThat(memory.servedBefore()).containsOnly(Map.entry("v2", 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pods=ten,since=now", "pods=1,since=now", "pods=1"})
  void takesABrokenRiseForNone(String text) {
    assertThat(RouteMemory.of(route(Map.of(Annotations.RISING, text))).rising()).isEmpty();
  }
}
