package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

  private static ConfigMap with(String text) {
    return annotated("key", text);
  }

  private static ConfigMap annotated(String name, String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .addToAnnotations(name, text)
        .endMetadata()
        .build();
  }

  @Test
  void readsWhatTheOperatorWrote() {
    assertThat(Annotations.text(with("x"), "key")).hasValue("x");
    assertThat(Annotations.instant(with("2026-11-21T10:00:00Z"), "key"))
        .hasValue(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(Annotations.number(with("12"), "key")).hasValue(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999", "v1"})
  void takesWhatSomebodyBrokeForNone(String text) {
    assertThat(Annotations.instant(with(text), "key")).isEmpty();
    assertThat(Annotations.number(with(text), "key")).isEmpty();
  }

  @Test
  void readsObjectsWithoutAnnotations() {
    ConfigMap bare = new ConfigMapBuilder().withNewMetadata().endMetadata().build();
    bare.getMetadata().setAnnotations(null);

    assertThat(Annotations.text(bare, "key")).isEmpty();
  }

  @Test
  void promotesAVersionByItsNameAndTheStartOfItsDigest() {
    String sha256 = "2b".repeat(32);

    assertThat(promotes("v2@2b2b2b2b", sha256)).hasValue("v2@2b2b2b2b");
    assertThat(promotes("v2@" + sha256, sha256)).isPresent();
    assertThat(promotes("v2@2b2b2b2b/again", sha256)).hasValue("v2@2b2b2b2b/again");
    assertThat(promotes("v2", sha256)).isEmpty();
    assertThat(promotes("v2@2b2b2b2", sha256)).isEmpty();
    assertThat(promotes("v2@2b2b2b2c", sha256)).isEmpty();
    assertThat(promotes("v1@2b2b2b2b", sha256)).isEmpty();
    assertThat(promotes("v22@2b2b2b2", sha256)).isEmpty();
    assertThat(promotes("", sha256)).isEmpty();
  }

  @Test
  void showsACommandThatWasNotGivenYet() {
    String sha256 = "2b".repeat(32);

    assertThat(Annotations.promotion(promoting("v1@1a1a1a1a"), "v2", sha256))
        .isEqualTo("flightdelay.dev/promote=v2@2b2b2b2b");
    assertThat(Annotations.promotion(promoting("v2@2b2b2b2b"), "v2", sha256))
        .isEqualTo("flightdelay.dev/promote=v2@2b2b2b2b/2");
    assertThat(Annotations.promotion(promoting("v2@2b2b2b2b/9"), "v2", sha256))
        .isEqualTo("flightdelay.dev/promote=v2@2b2b2b2b/10");
  }

  private static Optional<String> promotes(String command, String sha256) {
    return Annotations.promotes(promoting(command), "v2", sha256);
  }

  private static ConfigMap promoting(String command) {
    return annotated(Annotations.PROMOTE, command);
  }
}
