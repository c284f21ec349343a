package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import org.junit.jupiter.api.Test;

class MutatedWritesTest {

  private final MutatedWrites mutated = new MutatedWrites();

  private static HTTPRoute route(String uid, String... hostnames) {
    return new HTTPRouteBuilder()
        .withNewMetadata()
        .withNamespace("flights")
        .withName("delays")
        .withUid(uid)
        .endMetadata()
        .withNewSpec()
        .withHostnames(hostnames)
        .endSpec()
        .build();
  }

  @Test
  void hostnamesThatAreThereAfterTheyWereTakenAwayComeBack() {
    mutated.noteHostnames(route("1", "policy.example"));

    assertThat(mutated.comeBack(route("1", "policy.example"))).isTrue();
  }

  @Test
  void othersAreTakenAwayOnce() {
    mutated.noteHostnames(route("1", "policy.example"));

    assertThat(mutated.comeBack(route("1", "evil.example"))).isFalse();
    assertThat(mutated.comeBack(route("2", "policy.example"))).isFalse();
  }

  @Test
  void soAreThoseThatDidNotComeBackBefore() {
    mutated.noteHostnames(route("1"));

    assertThat(mutated.comeBack(route("1", "evil.example"))).isFalse();
  }
}
