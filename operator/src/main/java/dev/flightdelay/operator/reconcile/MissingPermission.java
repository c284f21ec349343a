package dev.flightdelay.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Pattern;

/**
 * Tells a verb that the operator's role lacks from an object that the API server does not take:
 * both are a 403, and only the words differ
 * (apiserver/pkg/endpoints/handlers/responsewriters/errors.go).
 */
final class MissingPermission {

  private static final int FORBIDDEN = 403;

  private static final Pattern OF_THE_ROLE =
      Pattern.compile("User \"[^\"]*\" cannot \\S+ resource \"");

  private MissingPermission() {}

  static boolean is(KubernetesClientException refusal) {
    return refusal.getCode() == FORBIDDEN
        && refusal.getStatus() != null
        && refusal.getStatus().getMessage() != null
        && OF_THE_ROLE.matcher(refusal.getStatus().getMessage()).find();
  }
}
