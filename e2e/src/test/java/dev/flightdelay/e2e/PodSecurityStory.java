package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Both namespaces, in which everything of all stories runs, refuse pods that are not restricted.
 */
@Story
@Order(1)
class PodSecurityStory {

  private final User user;

  PodSecurityStory(User user) {
    this.user = user;
  }

  @Test
  void otherPodsAreRefused() {
    for (String namespace : new String[] {Installation.OPERATOR, Installation.MODELS}) {
      Command.Result unrestricted =
          user.triesToApply(
              """
              apiVersion: v1
              kind: Pod
              metadata: {name: unrestricted, namespace: %s}
              spec: {containers: [{name: one, image: none}]}
              """
                  .formatted(namespace),
              namespace);
      assertThat(unrestricted.good()).as(unrestricted.output()).isFalse();
      assertThat(unrestricted.output()).contains("violates PodSecurity \"restricted");
    }
  }
}
