package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

class MissingPermissionTest {

  private static boolean isMissingPermission(int code, String message) {
    return MissingPermission.is(
        new KubernetesClientException(
            new StatusBuilder().withCode(code).withMessage(message).build()));
  }

  @Test
  void knowsAVerbThatTheRoleLacks() {
    assertThat(
            isMissingPermission(
                403,
                "services \"flights-v1\" is forbidden: User \"system:serviceaccount:operators:operator\""
                    + " cannot patch resource \"services\" in API group \"\" in the namespace \"flights\""))
        .isTrue();
  }

  @Test
  void doesNotTakeAQuotaOrAPolicyForIt() {
    assertThat(
            isMissingPermission(
                403, "deployments.apps \"flights-v1\" is forbidden: exceeded quota: small"))
        .isFalse();
    assertThat(
            isMissingPermission(
                422, "User \"a\" cannot patch resource \"services\", says a policy"))
        .isFalse();
  }
}
