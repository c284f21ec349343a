package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import java.util.Map;
import java.util.Objects;

/** What the operator's settings allow a model to choose. */
final class Allowed {
  private static final String KEY = "models";
  private static final String LABEL = "disk";
  private static final String REGISTRY = "registry.example/";

  static final Map<String, String> SETTINGS =
      Map.of(
          "OPERATOR_ALLOWEDIMAGES",
          REGISTRY + "*",
          "OPERATOR_ALLOWEDSERVICEACCOUNTS",
          "default",
          "OPERATOR_ALLOWEDTOLERATIONS",
          KEY,
          "OPERATOR_ALLOWEDNODESELECTORS",
          LABEL);

  private Allowed() {}

  static boolean allows(PredictorTemplate template) {
    return (template.image() == null || template.image().startsWith(REGISTRY))
        && (template.serviceAccountName() == null
            || template.serviceAccountName().equals("default"))
        && template.tolerations().stream().allMatch(each -> Objects.equals(each.key(), KEY))
        && template.nodeSelector().keySet().stream().allMatch(LABEL::equals);
  }
}
