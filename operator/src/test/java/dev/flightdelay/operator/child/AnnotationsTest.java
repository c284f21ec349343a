package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

  private static ConfigMap with(String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .addToAnnotations("key", text)
        .endMetadata()
        .build();
  }

  @Test
  void readsWhatTheOperatorWrote() {
    assertThat(Annotations.text(with("x"), "key")).hasValue("x");
    assertThat(Annotations.instant(with("2026-11-21T10:00:00Z"), "key"))
        .hasValue(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(Annotations.number(with("12"), "key")).hasValue(12);
    assertThat(Annotations.percentages(with("v1=90,v2=10"), "key"))
        .containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999", "v1", "v1=", "=3", "v1=1000", "V-1=3"})
  void takesWhatSomebodyBrokeForNone(String text) {
    assertThat(Annotations.instant(with(text), "key")).isEmpty();
    assertThat(Annotations.number(with(text), "key")).isEmpty();
    assertThat(Annotations.percentages(with(text), "key")).isEmpty();
  }

  @Test
  void readsObjectsWithoutAnnotations() {
    ConfigMap bare = new ConfigMapBuilder().withNewMetadata().endMetadata().build();
    bare.getMetadata().setAnnotations(null);

    assertThat(Annotations.text(bare, "key")).isEmpty();
    assertThat(Annotations.percentages(bare, "key")).isEmpty();
  }
}
